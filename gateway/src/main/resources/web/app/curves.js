// The curves of an experiment's runs, put together from what trainers say at once and what they
// say for good.

export class Curves {
  constructor() {
    this.byRun = new Map();
  }

  some() {
    return this.byRun.size > 0;
  }

  of(runId) {
    let curve = this.byRun.get(runId);
    if (!curve) {
      curve = { points: new Map(), epochs: new Map(), live: [] };
      this.byRun.set(runId, curve);
    }
    return curve;
  }

  /** The points and epochs of a segment that counts. */
  authoritative({ runId, points, epochs }) {
    const curve = this.of(runId);
    points.forEach((point) => curve.points.set(point.step, point));
    epochs.forEach((epoch) => curve.epochs.set(epoch.step, epoch));
    const last = Math.max(0, ...points.map((point) => point.step), ...epochs.map((epoch) => epoch.step));
    curve.live = curve.live.filter((point) => point.step > last);
  }

  /** A trainer's newest point. After a replay it may lie before the one that came last. */
  live(runId, point) {
    const curve = this.of(runId);
    curve.live = curve.live.filter((earlier) => earlier.step < point.step);
    curve.live.push(point);
  }

  /** A line per run: {name, index, data: [[epoch, value], ...]}. */
  lines(runs, kind) {
    return runs.map(({ id, name, index }) => ({ name, index, data: this.data(id, kind) }));
  }

  data(runId, kind) {
    const curve = this.byRun.get(runId);
    if (!curve) {
      return [];
    }
    if (kind === 'validationAccuracy') {
      return [...curve.epochs.values()].sort(byStep).map((epoch) => [epoch.epoch, epoch[kind]]);
    }
    return [...curve.points.values(), ...curve.live].sort(byStep).map((point) => [point.epoch, point[kind]]);
  }
}

const byStep = (left, right) => left.step - right.step;
