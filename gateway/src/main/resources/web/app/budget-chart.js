// Accuracy against a cost: every run and ensemble, and the front of what is worth its cost.
import * as echarts from 'echarts/core';
import { LineChart, ScatterChart } from 'echarts/charts';
import { MarkLineComponent } from 'echarts/components';
import { Chart } from './chart.js';
import { percent, quantity, view as viewName } from './format.js';

echarts.use([LineChart, ScatterChart, MarkLineComponent]);

class BudgetChart extends Chart {
  static properties = { budget: {}, axis: {} };

  option({ ink, rule, text, accent, good, fontFamily, font, tooltip }) {
    const { entries, enter, ship } = this.budget;
    const { cost, unit, name, front, limit } = this.axis;
    const points = entries.map((entry, index) => ({
      value: [cost(entry.cost), entry.validationAccuracy],
      entry,
      symbol: entry.cost.ensemble ? 'diamond' : 'circle',
      symbolSize: entry.cost.ensemble ? 11 : 9,
      itemStyle: { color: index === ship?.entry ? good : accent, opacity: entry.within ? 1 : 0.3 },
      label: {
        show: index === enter?.entry || index === ship?.entry,
        formatter: [index === enter?.entry ? 'enter' : '', index === ship?.entry ? 'ship' : ''].filter(Boolean).join(' and '),
        position: 'top', color: text, fontSize: 12, fontWeight: 600, fontFamily,
      },
    }));
    return {
      grid: { left: 4, right: 24, top: 26, bottom: 24, containLabel: true },
      tooltip: {
        ...tooltip,
        // Names are anybody's words: an element with text, not HTML.
        formatter: ({ data }) => (data.entry ? described(data.entry) : ''),
      },
      xAxis: {
        type: 'log', name: `${name}, ${unit}`, nameLocation: 'middle', nameGap: 26, nameTextStyle: font,
        axisLine: { onZero: false, lineStyle: { color: rule } }, axisLabel: { ...font, formatter: quantity }, splitLine: { show: false },
        ...bounds(points.map((point) => point.value[0])),
      },
      yAxis: {
        type: 'value', scale: true, name: 'validation accuracy', nameTextStyle: { ...font, align: 'left' },
        axisLabel: { ...font, formatter: (share) => percent(share, 1) }, splitLine: { lineStyle: { color: rule } },
      },
      series: [
        {
          type: 'line', silent: true, symbol: 'none', color: accent, lineStyle: { width: 1.5, type: 'dashed' }, step: 'end',
          data: front.map((step) => [step.cost, step.validationAccuracy]),
          markLine: limit == null ? { data: [] } : {
            symbol: 'none', silent: true, lineStyle: { color: ink, type: 'solid', width: 1 },
            label: { formatter: 'limit', color: ink, fontSize: 11 }, data: [{ xAxis: limit }],
          },
        },
        { type: 'scatter', data: points, z: 3 },
      ],
    };
  }
}

/** Whole powers of ten would leave much of the chart empty. */
function bounds(costs) {
  return { min: Math.min(...costs) / 1.3, max: Math.max(...costs) * 1.3, logBase: 10 };
}

function described(entry) {
  const { cost } = entry;
  const lines = [
    `${cost.name}${cost.ensemble ? `, ensemble of ${cost.members}` : ''} – ${viewName(cost.view)}`,
    `validation ${percent(entry.validationAccuracy)}, test ${percent(entry.accuracy)}`,
    `${quantity(cost.latency.p50Ms)} ms (99 %: ${quantity(cost.latency.p99Ms)} ms), ${quantity(cost.throughput.imagesPerSecond)} images/s`,
    `${quantity(cost.memoryBytes / 1e6)} MB of memory, ${quantity(cost.bytes / 1e6)} MB of weights`,
  ];
  const box = document.createElement('div');
  lines.forEach((line, index) => {
    const row = document.createElement('div');
    row.textContent = line;
    row.style.fontWeight = index ? '' : '600';
    box.append(row);
  });
  return box;
}

customElements.define('budget-chart', BudgetChart);
