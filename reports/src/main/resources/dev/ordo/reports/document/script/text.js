// The parts in this folder are one script, which makes a report's page interactive: charts, tables,
// downloads, and a link that keeps the view. Without it the page shows the same data as pictures and
// plain tables. Nothing is loaded from elsewhere, and texts from outside are only ever set as
// textContent.

window.ordo = {ready: false, charts: {}};

const SVG = 'http://www.w3.org/2000/svg';

function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  set(made, attributes);
  made.append(...children);
  return made;
}

function drawn(name, attributes, ...children) {
  const made = document.createElementNS(SVG, name);
  set(made, attributes);
  made.append(...children);
  return made;
}

function set(target, attributes) {
  for (const [key, value] of Object.entries(attributes)) {
    target.setAttribute(key, value);
  }
}

function json(id) {
  const holder = document.getElementById(id);
  return holder ? JSON.parse(holder.textContent) : null;
}

function css(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

const clamp = (value, low, high) => Math.max(low, Math.min(high, value));

const SCALES = {
  time: [[1e-6, 'fs'], [1e-3, 'ps'], [1, 'ns'], [1e3, 'µs'], [1e6, 'ms'], [1e9, 's']],
  memory: [[1, 'B'], [1e3, 'kB'], [1e6, 'MB'], [1e9, 'GB'], [1e12, 'TB']],
  other: [[1, ''], [1e3, 'k'], [1e6, 'M'], [1e9, 'G'], [1e12, 'T']],
};

function scaleOf(value, dimension) {
  const scales = SCALES[dimension];
  if (value === 0) {
    return scales.find(scale => scale[0] === 1);
  }
  // 999.96 ns rounds to 1000 ns at three digits and reads better as 1.00 µs.
  const fitting = scales.filter(scale => Math.abs(value) >= scale[0] * 0.9995);
  return fitting.length ? fitting[fitting.length - 1]
      : dimension === 'other' ? [1, ''] : scales[0];
}

function digits(value, count) {
  if (value === 0) {
    return '0';
  }
  const size = Math.floor(Math.log10(Math.abs(Number(value.toPrecision(count)))));
  return size < -6 ? value.toExponential(count - 1) : value.toFixed(clamp(count - 1 - size, 0, 12));
}

function valueText(value, dimension) {
  const [factor, symbol] = scaleOf(value, dimension);
  return (digits(value / factor, 3) + ' ' + symbol).trim();
}

// A ratio or an exponent: two decimals, as everywhere on the page.
function ratioText(value) {
  return Math.abs(value) < 9.995 ? value.toFixed(2).replace(/^-0\.00$/, '0.00') : valueText(value, 'other');
}

function tickText(value, dimension) {
  const [factor, symbol] = scaleOf(value, dimension);
  return (String(Number((value / factor).toPrecision(4))) + ' ' + symbol).trim();
}

function sizeText(size) {
  if (size !== Math.round(size) || Math.abs(size) >= 1e15) {
    return String(Number(size.toPrecision(4)));
  }
  return Math.abs(size) >= 1e6 && size % 1e5 === 0 ? size / 1e6 + 'M' : String(size);
}
