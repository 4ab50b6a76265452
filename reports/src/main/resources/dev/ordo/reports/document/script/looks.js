// Outlines in a box of 10 × 10, for the plot and for the legend.
const MARKERS = {
  circle: 'M5,0A5,5,0,1,1,5,10A5,5,0,1,1,5,0Z',
  square: 'M0.6,0.6L9.4,0.6L9.4,9.4L0.6,9.4Z',
  triangleup: 'M5,0L10,9.4L0,9.4Z',
  triangledown: 'M5,10L10,0.6L0,0.6Z',
  diamond: 'M5,-0.6L10.6,5L5,10.6L-0.6,5Z',
  trapezoid: 'M2.8,1L7.2,1L10,9L0,9Z',
  rectangle: 'M0,2.5L10,2.5L10,7.5L0,7.5Z',
  oval: 'M0,5A5,3,0,1,1,10,5A5,3,0,1,1,0,5Z',
  plus: 'M3.7,0L6.3,0L6.3,3.7L10,3.7L10,6.3L6.3,6.3L6.3,10L3.7,10L3.7,6.3L0,6.3L0,3.7L3.7,3.7Z',
  cross: 'M2,0L5,3L8,0L10,2L7,5L10,8L8,10L5,7L2,10L0,8L3,5L0,2Z',
};

const markerOf = line => MARKERS[line.marker] || MARKERS.circle;

function channels(color) {
  return [1, 3, 5].map(at => parseInt(color.slice(at, at + 2), 16));
}

function luminance(color) {
  const [r, g, b] = channels(color).map(c => {
    const part = c / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

// The colours are made for white paper: on a dark page the dark ones are lightened until they
// stand out (contrast 3, WCAG 2.2, 1.4.11).
function onPage(color, page) {
  const ground = luminance(page);
  let shown = color;
  for (let i = 0; ground < 0.2 && i < 20; i++) {
    if ((luminance(shown) + 0.05) / (ground + 0.05) >= 3.2) {
      break;
    }
    const lighter = channels(shown).map(c => Math.round(c + (255 - c) * 0.12));
    shown = '#' + lighter.map(c => c.toString(16).padStart(2, '0')).join('');
  }
  return shown;
}

const pen = document.createElement('canvas').getContext('2d');

function textWidth(text) {
  pen.font = '12px ' + getComputedStyle(document.body).fontFamily;
  return pen.measureText(text).width;
}

function icon(line, color) {
  const stroke = drawn('line', {
    x1: 0, y1: 5, x2: 26, y2: 5, stroke: color, 'stroke-width': 2,
    'stroke-dasharray': line.dash.join(' '),
  });
  const marker = drawn('path', {d: markerOf(line), fill: color, transform: 'translate(8 0)'});
  return drawn('svg', {width: 26, height: 12, viewBox: '0 -1 26 12', 'aria-hidden': 'true'},
      ...(line.curve.length ? [stroke] : []), marker);
}
