// Numbers and times for people.

export const percent = (share, digits = 2) =>
  share == null ? '–' : `${(100 * share).toFixed(digits)} %`;

export const loss = (value) => (value == null ? '–' : value.toFixed(4));

export const rate = (value) => (value > 0 ? Math.round(value).toLocaleString('en') : '–');

export const count = (number) => (number == null ? '–' : number.toLocaleString('en'));

/** Three significant digits, and all digits of the whole part. */
export const quantity = (value) =>
  value == null ? '–' : value.toLocaleString('en', Math.abs(value) >= 100 ? { maximumFractionDigits: 0 } : { minimumSignificantDigits: 1, maximumSignificantDigits: 3 });

export const short = (digest, digits = 10) => (digest ? digest.slice(0, digits) : '–');

export function bytes(number) {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  const power = Math.min(units.length - 1, Math.floor(Math.log2(Math.max(1, number)) / 10));
  return `${(number / 1024 ** power).toFixed(power ? 1 : 0)} ${units[power]}`;
}

export function duration(seconds) {
  if (seconds == null) return '–';
  if (seconds < 60) return `${Math.round(seconds)} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
  return `${Math.floor(seconds / 3600)} h ${Math.round((seconds % 3600) / 60)} min`;
}

export const time = (instant) =>
  instant ? new Date(instant).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' }) : '–';

export const view = (name) => ({ center: 'Center', flip: 'With mirror image', fiveCrop: 'Five-crop', tenCrop: 'Ten-crop' })[name] ?? name;

export const state = (name) => name.charAt(0) + name.slice(1).toLowerCase();
