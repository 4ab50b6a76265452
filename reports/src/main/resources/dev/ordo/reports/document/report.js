// Makes a report's page interactive: charts, tables, downloads, and a link that keeps the view.
// Without it the page shows the same data as pictures and plain tables. Nothing here is loaded from
// elsewhere, and texts from outside are only ever set as textContent.
(() => {
  'use strict';

  window.ordo = {ready: false, charts: {}};

  // ---- small things -----------------------------------------------------------------------------

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

  // ---- numbers as text, as the rest of the page writes them ---------------------------------------

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

  // ---- axes ---------------------------------------------------------------------------------------

  // An axis that knows where a value lies; logarithms are taken here, so that the chart library
  // draws straight axes only and ticks are ours: powers of two, or 1, 2 and 5 of each decade.
  class Axis {
    constructor(low, high, log, from, to) {
      this.low = low;
      this.high = high;
      this.log = log;
      this.from = from;
      this.to = to;
    }

    at(value) {
      return this.log ? Math.log10(value) : value;
    }

    value(at) {
      return this.log ? 10 ** at : at;
    }

    pixel(value) {
      const part = (this.at(value) - this.at(this.low)) / (this.at(this.high) - this.at(this.low));
      return this.from + part * (this.to - this.from);
    }

    unpixel(pixel) {
      const part = (pixel - this.from) / (this.to - this.from);
      return this.value(this.at(this.low) + part * (this.at(this.high) - this.at(this.low)));
    }

    // The densest ticks that have room; room(a, b) tells whether labels at a and b do not touch.
    ticks(octaves, room) {
      const fits = ticks => ticks.every((tick, i) => i === 0 || room(ticks[i - 1], tick));
      const choices = this.log ? this.logarithmic(octaves) : [];
      const found = choices.find(fits) || [];
      return found.length >= 2 ? found : this.straight().find(fits) || found;
    }

    logarithmic(octaves) {
      const choices = [];
      if (octaves) {
        const exponents = whole(Math.log2(this.low), Math.log2(this.high));
        for (let step = 1; step < 6; step++) {
          choices.push(exponents.filter(k => k % step === 0).map(k => 2 ** k));
        }
        return choices.filter(ticks => ticks.length >= 2);
      }
      const decades = whole(Math.log10(this.low) - 1, Math.log10(this.high));
      for (const firsts of [[1, 2, 5], [1, 3], [1]]) {
        choices.push(decades.flatMap(k => firsts.map(first => Number(first + 'e' + k))));
      }
      for (let step = 2; step < 9; step++) {
        choices.push(decades.filter(k => k % step === 0).map(k => Number('1e' + k)));
      }
      const inside = ticks => ticks.filter(tick => tick >= this.low && tick <= this.high);
      return choices.map(inside).filter(ticks => ticks.length >= 2);
    }

    straight() {
      const choices = [];
      for (let count = 8; count >= 1; count--) {
        const rough = (this.high - this.low) / count;
        const ten = 10 ** Math.floor(Math.log10(rough));
        const step = ten * [1, 2, 5, 10].find(nice => nice * ten >= rough * 0.999);
        choices.push(
            whole(this.low / step, this.high / step).map(k => Number((k * step).toPrecision(12))));
      }
      return choices;
    }
  }

  function whole(low, high) {
    const all = [];
    for (let k = Math.ceil(low - 1e-9); k <= high + 1e-9; k++) {
      all.push(k);
    }
    return all;
  }

  // ---- looks --------------------------------------------------------------------------------------

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

  // ---- a chart ------------------------------------------------------------------------------------

  const NEAR = 40;
  const LANE = 8;
  const PAN = 0.2;

  class Chart {
    constructor(figure, data, changed) {
      this.figure = figure;
      this.data = data;
      this.changed = changed;
      this.octaves = data.lines.every(line => line.dots.every(dot => isHalfOctave(dot[0])));
      this.subjects = [...new Set(data.lines.map(line => line.subject))];
      this.view = this.usual();
      this.near = null;
      this.build();
    }

    usual() {
      return {x: 'log', y: this.data.logarithmic ? 'log' : 'linear', off: [], zoom: null};
    }

    // What differs from the usual view, or null.
    state() {
      const usual = this.usual();
      const state = {};
      for (const part of ['x', 'y']) {
        if (this.view[part] !== usual[part]) {
          state[part] = this.view[part];
        }
      }
      if (this.view.off.length) {
        state.off = this.view.off;
      }
      if (this.view.zoom) {
        state.zoom = this.view.zoom.map(value => Number(value.toPrecision(4)));
      }
      return Object.keys(state).length ? state : null;
    }

    // Takes a state from a link: anything may stand in it, only what makes sense counts.
    restore(state) {
      const view = this.usual();
      if (state && typeof state === 'object') {
        for (const axis of ['x', 'y']) {
          if (state[axis] === 'linear' || (state[axis] === 'log' && this.canBeLog(axis))) {
            view[axis] = state[axis];
          }
        }
        if (Array.isArray(state.off)) {
          view.off = this.subjects.filter(subject => state.off.includes(subject));
        }
        const zoom = state.zoom;
        if (Array.isArray(zoom) && zoom.length === 4 && zoom.every(Number.isFinite)
            && zoom[0] < zoom[1] && zoom[2] < zoom[3]) {
          view.zoom = zoom;
        }
      }
      this.view = view;
      this.fitZoom();
    }

    canBeLog(axis) {
      const values = axis === 'x'
          ? this.data.lines.flatMap(line => line.dots.map(dot => dot[0]))
          : this.data.lines.flatMap(line => line.dots.flatMap(dot => [dot[1], dot[2]]))
              .concat(this.data.rules);
      return values.every(value => value > 0);
    }

    // A zoom to zero or below has no place on a logarithmic axis.
    fitZoom() {
      const zoom = this.view.zoom;
      if (zoom && ((this.view.x === 'log' && zoom[0] <= 0) || (this.view.y === 'log' && zoom[2] <= 0))) {
        this.view.zoom = null;
      }
    }

    build() {
      this.still = this.figure.querySelector('.still');
      this.legend = element('div', {class: 'legend', role: 'group', 'aria-label': 'Series'});
      this.tools = element('div', {class: 'tools', role: 'group', 'aria-label': 'View'});
      this.plot = element('div', {
        class: 'plot', tabindex: '0', role: 'group', 'aria-roledescription': 'chart',
        'aria-label': this.data.title + '. Arrow keys go from point to point, plus and minus zoom, '
            + 'shift with an arrow key moves, 0 shows all.',
      });
      this.canvas = element('div', {class: 'canvas', 'aria-hidden': 'true'});
      this.frame = element('div', {class: 'frame', hidden: ''});
      this.tooltip = element('div', {class: 'tooltip', role: 'status', hidden: ''});
      this.plot.append(this.canvas, this.frame, this.tooltip);
      this.figure.insertBefore(this.tools, this.still);
      this.figure.insertBefore(this.legend, this.still);
      this.figure.insertBefore(this.plot, this.still);
      this.figure.classList.add('live');
      this.buildTools();
      this.buildLegend();
      // The room of the drawing is there before the drawing is, so that nothing moves.
      this.canvas.style.height = this.size().height + 'px';
      this.listen();
    }

    buildTools() {
      for (const axis of ['x', 'y']) {
        const name = axis === 'x' ? this.data.sizeName : this.data.quantity;
        const group = element('span', {class: 'toggle', role: 'group'},
            element('span', {class: 'axis'}, axis + ' axis'));
        group.setAttribute('aria-label', axis + ' axis: ' + name);
        for (const scale of ['log', 'linear']) {
          const button = element('button', {type: 'button', 'data-axis': axis, 'data-scale': scale}, scale);
          if (scale === 'log' && !this.canBeLog(axis)) {
            button.disabled = true;
            button.title = 'a logarithmic axis has no place for zero or less';
          }
          button.addEventListener('click', () => this.change(() => {
            this.view[axis] = scale;
            this.fitZoom();
          }));
          group.append(button);
        }
        this.tools.append(group);
      }
      const zoom = element('span', {class: 'toggle', role: 'group', 'aria-label': 'Zoom'});
      for (const [action, text, name] of [['in', '+', 'Zoom in'], ['out', '−', 'Zoom out'], ['reset', 'reset', 'Reset the view']]) {
        const button = element('button', {type: 'button', 'data-action': action, 'aria-label': name}, text);
        button.addEventListener('click', () => this.act(action));
        zoom.append(button);
      }
      this.tools.append(zoom);
    }

    buildLegend() {
      for (const subject of this.subjects) {
        const line = this.data.lines.find(candidate => candidate.subject === subject);
        const name = element('span', {}, subject.trim() || '(no name)');
        const button = element('button', {type: 'button', 'aria-pressed': 'true', title: subject}, name);
        button.dataset.series = subject;
        button.addEventListener('click', () => this.change(() => {
          this.view.off = this.view.off.includes(subject)
              ? this.view.off.filter(other => other !== subject)
              : this.view.off.concat(subject);
        }));
        button.line = line;
        this.legend.append(button);
      }
      for (const guide of this.data.guides) {
        this.legend.append(element('span', {class: 'guide'}, guide.label));
      }
    }

    act(action) {
      this.change(() => {
        if (action === 'reset') {
          this.view = this.usual();
        } else {
          this.scale(action === 'in' ? 0.6 : 1 / 0.6);
        }
      });
    }

    // Changes the view, shows it, and tells so.
    change(change) {
      change();
      this.draw();
      this.changed(this);
    }

    scale(factor) {
      this.window((low, high) => {
        const middle = (low + high) / 2;
        const half = (high - low) / 2 * factor;
        return [middle - half, middle + half];
      });
    }

    pan(x, y) {
      this.window((low, high, axis) => {
        const by = (axis === 'x' ? x : y) * (high - low);
        return [low + by, high + by];
      });
    }

    // Moves both ends of both axes, each as it is drawn; never beyond what there is.
    window(move) {
      const all = this.range(null);
      const zoom = [];
      for (const [axis, current, full] of [['x', this.x, all.x], ['y', this.y, all.y]]) {
        let [low, high] = move(current.at(current.low), current.at(current.high), axis);
        const least = current.at(full[0]);
        const most = current.at(full[1]);
        const span = Math.min(high - low, most - least);
        low = clamp(low, least, most - span);
        zoom.push(current.value(low), current.value(low + span));
      }
      this.view.zoom = nearly(zoom, [...all.x, ...all.y]) ? null : zoom;
    }

    lines() {
      return this.data.lines.filter(line => !this.view.off.includes(line.subject));
    }

    // The values that an axis holds, with some room around them.
    range(zoom) {
      if (zoom) {
        return {x: zoom.slice(0, 2), y: zoom.slice(2)};
      }
      const lines = this.lines().length ? this.lines() : this.data.lines;
      const dots = lines.flatMap(line => line.dots);
      const corners = this.data.guides.flatMap(guide => pairs(guide.places));
      const xs = dots.map(dot => dot[0]).concat(corners.map(corner => corner[0]));
      const ruled = this.data.rules.length > 0;
      const ys = ruled
          ? dots.map(dot => dot[1]).concat(this.data.rules)
          : dots.flatMap(dot => [dot[1], dot[2], dot[3]]).concat(corners.map(corner => corner[1]));
      const lanes = ruled ? (this.data.lines.length + 1) * LANE / 2 / Math.max(200, this.canvas.clientWidth) : 0;
      return {
        x: padded(xs, this.view.x === 'log', 0.03 + lanes, 0.3, false),
        y: padded(ys, this.view.y === 'log', ruled ? 0.12 : 0.05, 1, !ruled),
      };
    }

    size() {
      const width = Math.max(240, this.plot.clientWidth || this.figure.clientWidth || 600);
      return {width, height: Math.round(clamp(width * 0.6, 300, 480))};
    }

    layout() {
      const {width, height} = this.size();
      const range = this.range(this.view.zoom);
      const top = 30;
      const bottom = height - 46;
      this.y = new Axis(range.y[0], range.y[1], this.view.y === 'log', bottom, top);
      this.yTicks = this.y.ticks(false, (a, b) => this.y.pixel(a) - this.y.pixel(b) >= 28)
          .map(value => ({value, text: tickText(value, this.data.dimension)}));
      const left = Math.ceil(Math.max(...this.yTicks.map(tick => textWidth(tick.text)), 20)) + 12;
      this.x = new Axis(range.x[0], range.x[1], this.view.x === 'log', left, width - 14);
      const wide = value => textWidth(sizeText(value));
      this.xTicks = this.x
          .ticks(this.octaves, (a, b) => this.x.pixel(b) - this.x.pixel(a) >= (wide(a) + wide(b)) / 2 + 14)
          .map(value => ({value, text: sizeText(value)}));
      // The last label may reach beyond the axis, but not beyond the picture.
      this.xTicks = this.xTicks.filter(tick => this.x.pixel(tick.value) + textWidth(tick.text) / 2 <= width
          && this.x.pixel(tick.value) - textWidth(tick.text) / 2 >= 0);
      this.box = {left, top, right: width - 14, bottom, width, height};
    }

    // Points of one size stand beside each other where rules attract them.
    lane(line) {
      const index = this.data.lines.indexOf(line);
      const room = (this.box.right - this.box.left) / (2 * Math.max(1, this.sizes()) * this.data.lines.length);
      return this.data.rules.length ? (index - (this.data.lines.length - 1) / 2) * Math.min(LANE, room) : 0;
    }

    sizes() {
      return new Set(this.data.lines.flatMap(line => line.dots.map(dot => dot[0]))).size;
    }

    // All points of the series that are on, as pixels within the plot.
    points() {
      return this.lines().flatMap(line => line.dots.map((dot, index) => ({
        line, dot, index, x: this.x.pixel(dot[0]) + this.lane(line), y: this.y.pixel(dot[1]),
      }))).filter(point => point.x >= this.box.left - 1 && point.x <= this.box.right + 1
          && point.y >= this.box.top - 1 && point.y <= this.box.bottom + 1);
    }

    draw() {
      const size = this.size();
      if (!this.chart) {
        this.chart = echarts.init(this.canvas, null, {renderer: 'svg', ...size});
      } else if (size.width !== this.chart.getWidth()) {
        this.chart.resize(size);
      }
      this.canvas.style.height = size.height + 'px';
      this.drawn = true;
      this.layout();
      this.hide();
      const page = css('--page');
      const colors = {ink: css('--ink'), muted: css('--muted'), line: css('--line'), page};
      for (const button of this.legend.querySelectorAll('button')) {
        const on = !this.view.off.includes(button.dataset.series);
        button.setAttribute('aria-pressed', String(on));
        button.querySelector('svg')?.remove();
        button.prepend(icon(button.line, onPage(button.line.color, page)));
      }
      for (const button of this.tools.querySelectorAll('[data-axis]')) {
        button.setAttribute('aria-pressed', String(this.view[button.dataset.axis] === button.dataset.scale));
      }
      this.plot.classList.toggle('zoomed', Boolean(this.view.zoom));
      this.chart.setOption(this.option(colors), true);
    }

    option(colors) {
      const straight = axis => ({
        type: 'value', show: false, min: axis.at(axis.low), max: axis.at(axis.high),
      });
      const {left, top, right, bottom} = this.box;
      const series = [this.scene('axes', false, 0, () => this.grid(colors))];
      this.scatterAt = new Map();
      if (this.data.guides.length) {
        series.push(this.scene('guides', true, 1, () => this.guides(colors)));
      }
      for (const line of this.lines()) {
        const color = onPage(line.color, colors.page);
        const shift = this.lane(line);
        const place = (size, value) => [
          this.x.at(this.x.unpixel(this.x.pixel(size) + shift)), this.y.at(value)];
        if (line.band.length) {
          series.push(this.scene('band', true, 1, () => this.band(line, color)));
        }
        if (line.curve.length) {
          const data = pairs(line.curve).map(pair => place(pair[0], pair[1])).filter(pair => pair.every(Number.isFinite));
          series.push({
            type: 'line', data, showSymbol: false, silent: true, z: 2, clip: true,
            lineStyle: {color, width: 2, type: line.dash.length ? line.dash : 'solid'},
          });
        }
        series.push(this.scene('bars', true, 3, () => this.bars(line, color, shift)));
        this.scatterAt.set(line, series.length);
        series.push({
          type: 'scatter', name: line.subject, silent: true, z: 4, clip: true,
          data: line.dots.map(dot => place(dot[0], dot[1])),
          symbol: 'path://' + markerOf(line), symbolSize: 9,
          itemStyle: {color, opacity: 1, borderColor: colors.page, borderWidth: 0.8},
          emphasis: {scale: 1.7, itemStyle: {borderColor: colors.ink, borderWidth: 1.5}},
        });
      }
      return {
        animation: false,
        textStyle: {fontFamily: getComputedStyle(document.body).fontFamily},
        grid: {left, top, width: right - left, height: bottom - top},
        xAxis: straight(this.x),
        yAxis: straight(this.y),
        series,
      };
    }

    // A series that draws shapes given in pixels.
    scene(name, clip, z, shapes) {
      return {
        type: 'custom', name, clip, z, silent: true,
        data: [[this.x.at(this.x.low), this.y.at(this.y.low)]],
        renderItem: () => ({type: 'group', children: shapes()}),
      };
    }

    grid(colors) {
      const {left, top, right, bottom} = this.box;
      const shapes = [];
      const stroke = (x1, y1, x2, y2, color, width) => shapes.push({
        type: 'line', shape: {x1, y1, x2, y2}, style: {stroke: color, lineWidth: width}});
      const text = (content, x, y, align, verticalAlign, fill) => shapes.push({
        type: 'text', style: {text: content, x, y, align, verticalAlign, fill, font: '12px ' + getComputedStyle(document.body).fontFamily}});
      for (const tick of this.xTicks) {
        const x = Math.round(this.x.pixel(tick.value)) + 0.5;
        stroke(x, top, x, bottom, colors.line, 1);
        text(tick.text, x, bottom + 8, 'center', 'top', colors.muted);
      }
      for (const tick of this.yTicks) {
        const y = Math.round(this.y.pixel(tick.value)) + 0.5;
        stroke(left, y, right, y, colors.line, 1);
        text(tick.text, left - 8, y, 'right', 'middle', colors.muted);
      }
      for (const rule of this.data.rules) {
        const y = this.y.pixel(rule);
        if (y >= top && y <= bottom) {
          stroke(left, y, right, y, colors.muted, 1.5);
        }
      }
      stroke(left, bottom + 0.5, right, bottom + 0.5, colors.muted, 1);
      text(shortened(this.data.quantity, right - 4), 2, 4, 'left', 'top', colors.ink);
      text(shortened(this.data.sizeName, right - left), (left + right) / 2, bottom + 28, 'center', 'top', colors.ink);
      return shapes;
    }

    guides(colors) {
      return this.data.guides.map(guide => ({
        type: 'polyline',
        shape: {points: pairs(guide.places).map(place => [this.x.pixel(place[0]), this.pixelY(place[1])])},
        style: {stroke: colors.muted, lineWidth: 2, fill: 'none'},
      }));
    }

    band(line, color) {
      const places = triples(line.band);
      const edge = (size, value) => [this.x.pixel(size), this.pixelY(value)];
      const points = places.map(place => edge(place[0], place[2]))
          .concat(places.slice().reverse().map(place => edge(place[0], place[1])));
      return [{type: 'polygon', shape: {points}, style: {fill: color, opacity: 0.16}}];
    }

    bars(line, color, shift) {
      const shapes = [];
      for (const dot of line.dots) {
        if (dot[2] < dot[3]) {
          const x = this.x.pixel(dot[0]) + shift;
          const low = this.pixelY(dot[2]);
          const high = this.pixelY(dot[3]);
          for (const [x1, y1, x2, y2] of [[x, low, x, high], [x - 3, low, x + 3, low], [x - 3, high, x + 3, high]]) {
            shapes.push({type: 'line', shape: {x1, y1, x2, y2}, style: {stroke: color, lineWidth: 1.3}});
          }
        }
      }
      return shapes;
    }

    // What a logarithmic axis cannot hold lies far below it.
    pixelY(value) {
      const pixel = this.y.pixel(value);
      return Number.isFinite(pixel) ? clamp(pixel, -2000, 4000) : 4000;
    }

    // ---- what a hand or a key does ----

    listen() {
      const at = event => {
        const place = this.plot.getBoundingClientRect();
        return [event.clientX - place.left, event.clientY - place.top];
      };
      let begin = null;
      this.plot.addEventListener('pointermove', event => {
        const here = at(event);
        if (begin && event.pointerType === 'mouse') {
          this.stretch(begin, here);
        } else if (begin && this.view.zoom) {
          const before = begin;
          begin = here;
          this.change(() => this.pan((before[0] - here[0]) / (this.box.right - this.box.left),
              (here[1] - before[1]) / (this.box.bottom - this.box.top)));
        } else {
          this.show(this.nearest(here));
        }
      });
      this.plot.addEventListener('pointerdown', event => {
        if (event.button === 0) {
          begin = at(event);
          this.plot.setPointerCapture(event.pointerId);
        }
      });
      this.plot.addEventListener('pointerup', event => {
        const here = at(event);
        const stretched = begin && event.pointerType === 'mouse' && far(begin, here);
        this.frame.hidden = true;
        if (stretched) {
          this.zoomTo(begin, here);
        } else {
          this.show(this.nearest(here));
        }
        begin = null;
      });
      this.plot.addEventListener('pointercancel', () => {
        begin = null;
        this.frame.hidden = true;
      });
      this.plot.addEventListener('pointerleave', () => this.hide());
      this.plot.addEventListener('dblclick', () => this.act('reset'));
      this.plot.addEventListener('blur', () => this.hide());
      this.plot.addEventListener('keydown', event => this.key(event));
      new ResizeObserver(() => {
        if (this.drawn && this.plot.clientWidth && this.size().width !== this.chart.getWidth()) {
          this.draw();
        }
      }).observe(this.plot);
    }

    key(event) {
      const steps = {ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1]};
      const step = steps[event.key];
      if (event.ctrlKey || event.metaKey || event.altKey) {
        return;
      }
      if (step && event.shiftKey) {
        this.change(() => this.pan(step[0] * PAN, step[1] * PAN));
      } else if (step) {
        this.show(this.neighbour(step[0], step[1]));
      } else if (event.key === '+' || event.key === '=') {
        this.act('in');
      } else if (event.key === '-') {
        this.act('out');
      } else if (event.key === '0') {
        this.act('reset');
      } else if (event.key === 'Escape') {
        this.hide();
      } else {
        return;
      }
      event.preventDefault();
    }

    nearest([x, y]) {
      let found = null;
      let least = NEAR;
      for (const point of this.points()) {
        const distance = Math.hypot(point.x - x, point.y - y);
        if (distance < least) {
          least = distance;
          found = point;
        }
      }
      return found;
    }

    // The next point of the same series, or the one above or below at the same size.
    neighbour(along, up) {
      const points = this.points();
      const now = this.near && points.find(point => point.line === this.near.line && point.index === this.near.index);
      if (!now) {
        return points[0] || null;
      }
      const others = along
          ? points.filter(point => point.line === now.line && (point.dot[0] - now.dot[0]) * along > 0)
              .sort((a, b) => Math.abs(a.dot[0] - now.dot[0]) - Math.abs(b.dot[0] - now.dot[0]))
          : points.filter(point => point.line !== now.line && point.dot[0] === now.dot[0] && (now.y - point.y) * up > 0)
              .sort((a, b) => Math.abs(a.y - now.y) - Math.abs(b.y - now.y));
      return others[0] || now;
    }

    stretch(begin, here) {
      const {left, top, right, bottom} = this.box;
      this.hide();
      this.frame.hidden = !far(begin, here);
      const xs = [begin[0], here[0]].map(x => clamp(x, left, right)).sort((a, b) => a - b);
      const ys = [begin[1], here[1]].map(y => clamp(y, top, bottom)).sort((a, b) => a - b);
      Object.assign(this.frame.style, {
        left: xs[0] + 'px', top: ys[0] + 'px', width: xs[1] - xs[0] + 'px', height: ys[1] - ys[0] + 'px',
      });
    }

    zoomTo(begin, here) {
      const {left, top, right, bottom} = this.box;
      const xs = [begin[0], here[0]].map(x => clamp(x, left, right)).sort((a, b) => a - b);
      const ys = [begin[1], here[1]].map(y => clamp(y, top, bottom)).sort((a, b) => b - a);
      if (xs[1] - xs[0] >= 4 && ys[0] - ys[1] >= 4) {
        this.change(() => {
          this.view.zoom = [...xs.map(x => this.x.unpixel(x)), ...ys.map(y => this.y.unpixel(y))];
        });
      }
    }

    show(point) {
      if (!point) {
        this.hide();
        return;
      }
      if (this.near && this.near.line === point.line && this.near.index === point.index) {
        return;
      }
      this.hide();
      this.near = point;
      this.shown = {seriesIndex: this.scatterAt.get(point.line), dataIndex: point.index};
      this.chart.dispatchAction({type: 'highlight', ...this.shown});
      this.tell(point);
    }

    hide() {
      if (this.near) {
        this.chart.dispatchAction({type: 'downplay', ...this.shown});
      }
      this.near = null;
      this.tooltip.hidden = true;
    }

    tell(point) {
      const {line, dot} = point;
      const [size, mean, low, high, forks] = dot;
      const value = number => valueText(number, this.data.dimension);
      const rows = [
        [this.data.sizeName, sizeText(size)],
        [this.data.quantity, value(mean)],
      ];
      if (low < high) {
        rows.push([this.data.rules.length ? 'interval' : 'forks from … to', '[' + value(low) + ', ' + value(high) + ']']);
      }
      if (forks) {
        rows.push(['forks', String(forks)]);
      }
      const fitted = this.fitted(line, size);
      if (fitted) {
        rows.push(['fitted', fitted]);
      }
      const list = element('dl');
      for (const [name, text] of rows) {
        list.append(element('dt', {}, name), element('dd', {}, text));
      }
      this.tooltip.replaceChildren(element('strong', {}, line.subject), list);
      this.tooltip.hidden = false;
      const {width, height} = this.box;
      const wide = this.tooltip.offsetWidth;
      const high_ = this.tooltip.offsetHeight;
      const x = point.x + 14 + wide <= width ? point.x + 14 : Math.max(0, point.x - 14 - wide);
      const y = clamp(point.y - high_ - 10 >= 0 ? point.y - high_ - 10 : point.y + 12, 0, Math.max(0, height - high_));
      this.tooltip.style.left = x + 'px';
      this.tooltip.style.top = y + 'px';
    }

    // The fitted value at a size, with its interval where it is known.
    fitted(line, size) {
      if (!line.curve.length || this.data.rules.length) {
        return null;
      }
      const value = number => valueText(number, this.data.dimension);
      const [at] = between(pairs(line.curve), size);
      const [low, high] = between(triples(line.band), size);
      return at === undefined ? null
          : value(at) + (low === undefined ? '' : ' [' + value(low) + ', ' + value(high) + ']');
    }
  }

  // What places of a curve, sizes ascending, say of a size between two of them: straight lines
  // between logarithms, or between values where those have none.
  function between(places, size) {
    const next = places.findIndex(place => place[0] >= size * (1 - 1e-9));
    if (next < 0) {
      return [];
    }
    const [before, after] = [places[Math.max(0, next - 1)], places[next]];
    const part = after[0] > before[0] ? clamp(Math.log(size / before[0]) / Math.log(after[0] / before[0]), 0, 1) : 1;
    return after.slice(1).map((value, i) => {
      const from = before[i + 1];
      return from > 0 && value > 0 ? from * (value / from) ** part : from + (value - from) * part;
    });
  }

  const far = (a, b) => Math.hypot(a[0] - b[0], a[1] - b[1]) > 6;

  function isHalfOctave(size) {
    const halves = 2 * Math.log2(size);
    return Math.abs(halves - Math.round(halves)) < 1e-9;
  }

  function nearly(some, others) {
    return some.every((value, i) => Math.abs(value - others[i]) <= 1e-6 * Math.max(Math.abs(value), Math.abs(others[i]), 1e-12));
  }

  function grouped(flat, count) {
    const groups = [];
    for (let i = 0; i < flat.length; i += count) {
      groups.push(flat.slice(i, i + count));
    }
    return groups;
  }

  const pairs = flat => grouped(flat, 2);
  const triples = flat => grouped(flat, 3);

  // A range around values: on a logarithmic axis at least so many decades wide, so that noise does
  // not look like growth; on a straight one from zero where zero means something.
  function padded(values, log, part, decades, fromZero) {
    const low = Math.min(...values);
    const high = Math.max(...values);
    if (log) {
      const [a, b] = [Math.log10(low), Math.log10(high)];
      const room = Math.max((b - a) * part, (decades - (b - a)) / 2, 0.02);
      return [10 ** (a - room), 10 ** (b + room)];
    }
    const begin = fromZero ? Math.min(0, low) : low;
    const end = Math.max(high, fromZero ? 0 : high);
    const room = (end - begin) * part || Math.abs(end) * 0.1 || 1;
    return [begin === 0 ? 0 : begin - room, end + room];
  }

  function shortened(text, width) {
    let shown = text;
    while (shown.length > 1 && textWidth(shown) > width) {
      shown = shown.slice(0, -2).trimEnd() + '…';
    }
    return shown;
  }

  // ---- tables that sort and filter ------------------------------------------------------------------

  const SHOWN = 100;

  class Table {
    constructor(table, changed) {
      this.table = table;
      this.changed = changed;
      this.body = table.tBodies[0];
      this.rows = [...this.body.rows].map((row, index) => ({row, index}));
      this.total = Number(table.dataset.rows || this.rows.length);
      this.all = false;
      this.view = this.usual();
      this.build();
      this.draw();
    }

    usual() {
      return {sort: null, filter: ''};
    }

    state() {
      const state = {};
      if (this.view.sort) {
        state.sort = this.view.sort;
      }
      if (this.view.filter) {
        state.filter = this.view.filter;
      }
      return Object.keys(state).length ? state : null;
    }

    restore(state) {
      const view = this.usual();
      if (state && typeof state === 'object') {
        const sort = state.sort;
        if (Array.isArray(sort) && Number.isInteger(sort[0]) && sort[0] >= 0 && sort[0] < this.heads.length
            && (sort[1] === 'ascending' || sort[1] === 'descending')) {
          view.sort = [sort[0], sort[1]];
        }
        if (typeof state.filter === 'string') {
          view.filter = state.filter;
        }
        const hiding = this.table.closest('details');
        if (hiding) {
          hiding.open = true;
        }
      }
      this.view = view;
      this.input.value = view.filter;
      this.draw();
    }

    build() {
      const id = this.table.id;
      this.input = element('input', {type: 'search', 'data-filter': id, autocomplete: 'off', spellcheck: 'false'});
      this.count = element('span', {class: 'muted', role: 'status'});
      this.more = element('button', {type: 'button', 'data-action': 'all'}, 'Show all rows');
      const finder = element('p', {class: 'finder'}, element('label', {}, 'Filter ', this.input), this.count);
      const scroll = this.table.closest('.scroll') || this.table;
      scroll.before(finder);
      scroll.after(this.more);
      this.heads = [...this.table.tHead.rows[0].cells];
      this.heads.forEach((head, column) => {
        const button = element('button', {type: 'button'}, ...head.childNodes);
        head.replaceChildren(button);
        button.addEventListener('click', () => this.change(() => {
          const now = this.view.sort && this.view.sort[0] === column ? this.view.sort[1] : null;
          this.view.sort = now === null ? [column, 'ascending']
              : now === 'ascending' ? [column, 'descending'] : null;
        }));
      });
      this.input.addEventListener('input', () => this.change(() => {
        this.view.filter = this.input.value;
      }));
      this.more.addEventListener('click', () => {
        this.all = true;
        this.draw();
      });
    }

    change(change) {
      change();
      this.draw();
      this.changed();
    }

    // Of a long table only the first rows are in the page; the others are data, and are not even
    // read before they are asked for.
    complete() {
      if (this.rows.length < this.total) {
        for (const cells of json(this.table.id + '-more')) {
          this.rows.push({cells, index: this.rows.length});
        }
      }
    }

    // Rows that were data look like the first one.
    row(entry) {
      if (!entry.row) {
        entry.row = element('tr', {}, ...entry.cells.map((cell, column) => {
          const like = this.rows[0].row.cells[column];
          return element(like.localName, like.scope ? {scope: like.scope} : like.className ? {class: like.className} : {},
              String(Array.isArray(cell) ? cell[0] : cell));
        }));
      }
      return entry.row;
    }

    draw() {
      if (this.all || this.state()) {
        this.complete();
      }
      const words = this.view.filter.toLowerCase().split(/\s+/).filter(word => word);
      const chosen = words.length
          ? this.rows.filter(entry => words.every(word => text(entry).includes(word)))
          : this.rows.slice();
      if (this.view.sort) {
        const [column, direction] = this.view.sort;
        const sign = direction === 'ascending' ? 1 : -1;
        const keys = new Map(chosen.map(entry => [entry, key(entry, column)]));
        chosen.sort((a, b) => compare(keys.get(a), keys.get(b), sign) || a.index - b.index);
      }
      const shown = this.all ? chosen : chosen.slice(0, SHOWN);
      this.body.replaceChildren(...shown.map(entry => this.row(entry)));
      this.heads.forEach((head, column) => {
        const sorted = this.view.sort && this.view.sort[0] === column;
        head.setAttribute('aria-sort', sorted ? this.view.sort[1] : 'none');
      });
      const found = words.length ? chosen.length : this.total;
      const whole = this.total + (this.total === 1 ? ' row' : ' rows');
      this.count.textContent = (found < this.total ? found + ' of ' : '') + whole
          + (shown.length < found ? ', the first ' + shown.length + ' shown' : '');
      this.more.hidden = shown.length === found;
    }
  }

  // The cells of an entry as [text, value], or as text.
  function cellsOf(entry) {
    entry.cells = entry.cells || [...entry.row.cells].map(cell => {
      const content = cell.textContent.trim();
      return cell.dataset.value === undefined ? content : [content, Number(cell.dataset.value)];
    });
    return entry.cells;
  }

  function text(entry) {
    entry.text = entry.text || cellsOf(entry).map(cell => Array.isArray(cell) ? cell[0] : cell).join(' ').toLowerCase();
    return entry.text;
  }

  // What a cell sorts by: its number, or its text; nothing where it holds a dash.
  function key(entry, column) {
    const cell = cellsOf(entry)[column];
    if (Array.isArray(cell)) {
      return cell[1];
    }
    return cell === '—' || cell === '' ? null : Number.isNaN(Number(cell)) ? cell : Number(cell);
  }

  function compare(a, b, sign) {
    if (a === null || b === null) {
      return (a === null) - (b === null);
    }
    if (typeof a === 'number' && typeof b === 'number') {
      return sign * (a - b);
    }
    return sign * String(a).localeCompare(String(b), 'en', {numeric: true});
  }

  // ---- downloads ------------------------------------------------------------------------------------

  const average = values => values.reduce((sum, value) => sum + value, 0) / values.length;

  // One row a fork, as measurements.csv beside the page.
  function csv(report) {
    const series = report.measurements.filter(one => one.metric === '');
    const params = [...new Set(series.flatMap(one => Object.keys(one.params)))];
    const quoted = value => /[",\r\n]|^\s|\s$/.test(value) ? '"' + value.replaceAll('"', '""') + '"' : value;
    const rows = [['benchmark', 'mode', 'threads', ...params.map(param => 'Param: ' + param),
      'size parameter', 'size', 'fork', 'mean', 'unit', 'iterations']];
    for (const one of series) {
      for (const point of one.points) {
        point.forks.forEach((fork, index) => rows.push([one.benchmark, one.mode, one.threads,
          ...params.map(param => one.params[param] ?? ''), one.sizeName, point.size, index + 1,
          average(fork), one.unit, fork.length]));
      }
    }
    return rows.map(row => row.map(value => quoted(String(value))).join(',') + '\r\n').join('');
  }

  // Every iteration, in the format of JMH; times come as times, whatever they were measured as.
  function jmh(report) {
    const cells = new Map();
    for (const one of report.measurements) {
      for (const point of one.points) {
        const params = {...one.params, [one.sizeName]: String(point.size)};
        const id = JSON.stringify([one.benchmark, one.mode, one.threads, Object.entries(params).sort()]);
        const metric = {
          score: average(point.forks.map(average)), scoreError: 'NaN', scoreConfidence: ['NaN', 'NaN'],
          scorePercentiles: {}, scoreUnit: one.unit, rawData: point.forks,
        };
        const cell = cells.get(id);
        if (cell && one.metric) {
          cell.secondaryMetrics[one.metric] = metric;
        } else if (!cell && !one.metric) {
          cells.set(id, {
            benchmark: one.benchmark, mode: one.unit === 'ns/op' && one.mode === 'thrpt' ? 'avgt' : one.mode,
            threads: one.threads, forks: point.forks.length,
            measurementIterations: Math.max(...point.forks.map(fork => fork.length)),
            params, primaryMetric: metric, secondaryMetrics: {},
          });
        }
      }
    }
    return JSON.stringify([...cells.values()], null, 1) + '\n';
  }

  const KINDS = {
    csv: ['text/csv', csv],
    json: ['application/json', report => JSON.stringify(report.fits, null, 1) + '\n'],
    jmh: ['application/json', jmh],
  };

  // The content is made when it is asked for: most readers never do.
  function offer(anchor, type, make) {
    anchor.addEventListener('click', () => {
      const address = URL.createObjectURL(new Blob([make()], {type}));
      anchor.href = address;
      setTimeout(() => URL.revokeObjectURL(address), 60000);
    });
  }

  function downloads(charts) {
    if (!document.getElementById('report-data')) {
      return;
    }
    let report = null;
    for (const anchor of document.querySelectorAll('a[data-download]')) {
      const kind = KINDS[anchor.dataset.download];
      if (kind) {
        offer(anchor, kind[0], () => {
          report = report || json('report-data');
          return kind[1](report);
        });
      }
    }
    for (const part of document.querySelectorAll('.with-script')) {
      part.hidden = false;
    }
    const list = document.querySelector('[data-downloads="svg"]');
    for (const chart of charts) {
      const name = chart.data.name + '.svg';
      const anchor = element('a', {href: '#downloads', download: name, 'data-download': 'svg'}, name);
      offer(anchor, 'image/svg+xml', () => '<?xml version="1.0" encoding="UTF-8"?>\n'
          + new XMLSerializer().serializeToString(chart.still.querySelector('svg')) + '\n');
      list.append(anchor, ' ');
    }
  }

  // ---- the link that keeps the view -----------------------------------------------------------------

  const VIEW = '#view=';

  class Link {
    constructor(charts, tables) {
      this.charts = charts;
      this.tables = tables;
      this.last = null;
    }

    // Writes what differs from a fresh page behind the address.
    keep(changed) {
      this.last = changed || this.last;
      const state = {};
      for (const [name, parts] of [['charts', this.charts], ['tables', this.tables]]) {
        for (const [id, part] of Object.entries(parts)) {
          const own = part.state();
          if (own) {
            (state[name] = state[name] || {})[id] = own;
          }
        }
      }
      if (Object.keys(state).length && this.last) {
        state.at = this.last;
      }
      const hash = Object.keys(state).length ? VIEW + encodeURIComponent(JSON.stringify(state)) : '';
      history.replaceState(null, '', location.pathname + location.search + hash);
    }

    // Returns the state of the address; null where there is none, or one that is no state.
    read() {
      if (!location.hash.startsWith(VIEW)) {
        return null;
      }
      try {
        const state = JSON.parse(decodeURIComponent(location.hash.slice(VIEW.length)));
        return state && typeof state === 'object' ? state : null;
      } catch (broken) {
        // A link that was cut short shows the page as it is.
        return null;
      }
    }

    restore(state) {
      for (const [name, parts] of [['charts', this.charts], ['tables', this.tables]]) {
        const own = Object(state[name]);
        for (const [id, part] of Object.entries(parts)) {
          part.restore(Object.hasOwn(own, id) ? own[id] : null);
        }
      }
      this.last = typeof state.at === 'string' ? state.at : null;
    }

    scroll() {
      const target = this.last && document.getElementById(this.last);
      if (target) {
        target.scrollIntoView();
      }
    }
  }

  // ---- start --------------------------------------------------------------------------------------

  function start() {
    const link = new Link({}, {});
    const data = json('chart-data');
    for (const chart of data ? data.charts : []) {
      const figure = document.getElementById('chart-' + chart.name);
      if (figure) {
        link.charts[chart.name] = new Chart(figure, chart, () => link.keep(figure.id));
      }
    }
    for (const table of document.querySelectorAll('table.sortable')) {
      link.tables[table.id] = new Table(table, () => link.keep(table.id));
    }
    const charts = Object.values(link.charts);
    downloads(charts);
    const state = link.read();
    if (state) {
      link.restore(state);
    }
    link.scroll();
    window.ordo.charts = link.charts;
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => redraw(charts));
    window.addEventListener('hashchange', () => {
      const changed = link.read();
      if (changed) {
        link.restore(changed);
        redraw(charts);
        link.scroll();
      }
    });
    const near = chart => chart.figure.getBoundingClientRect().top < 1.5 * innerHeight;
    drawInTurn(charts.filter(near).concat(charts.filter(chart => !near(chart))), () => {
      window.ordo.ready = true;
    });
  }

  function redraw(charts) {
    charts.filter(chart => chart.drawn).forEach(chart => chart.draw());
  }

  // One after the other, so that the page answers to its reader between them.
  function drawInTurn(charts, done) {
    if (charts.length === 0) {
      done();
      return;
    }
    if (!charts[0].drawn) {
      charts[0].draw();
    }
    setTimeout(() => drawInTurn(charts.slice(1), done), 0);
  }

  start();
})();
