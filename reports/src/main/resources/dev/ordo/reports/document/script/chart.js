const NEAR = 40;
const PAN = 0.2;

// A drawing with its buttons, its tooltip, and what a hand or a key does to it.
class Chart extends Drawing {
  constructor(figure, data, changed) {
    super(data);
    this.figure = figure;
    this.changed = changed;
    this.near = null;
    this.build();
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
    const [size, mean, low, high, forks, label] = dot;
    const value = this.data.rules.length ? ratioText : number => valueText(number, this.data.dimension);
    const rows = [
      [this.data.sizeName, sizeText(size)],
      [this.data.quantity, value(mean)],
    ];
    if (low < high) {
      rows.push([this.data.bars === 'forks' ? 'forks from … to' : 'interval', '[' + value(low) + ', ' + value(high) + ']']);
    }
    if (forks) {
      rows.push(['forks', String(forks)]);
    }
    const fitted = this.fitted(line, size);
    if (fitted) {
      rows.push(['fitted', fitted]);
    }
    if (label) {
      rows.unshift(['cell', label]);
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

const far = (a, b) => Math.hypot(a[0] - b[0], a[1] - b[1]) > 6;

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
