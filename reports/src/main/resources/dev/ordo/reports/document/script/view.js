const LANE = 8;

// What of a chart is to be seen: scales, series, window; and where that puts every point.
class View {
  constructor(data) {
    this.data = data;
    this.octaves = data.lines.every(line => line.dots.every(dot => isHalfOctave(dot[0])));
    this.subjects = [...new Set(data.lines.map(line => line.subject))];
    this.view = this.usual();
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
}

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
  return [fromZero && begin === 0 ? 0 : begin - room, end + room];
}
