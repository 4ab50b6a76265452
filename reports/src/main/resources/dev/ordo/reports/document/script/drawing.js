// A view as the chart library draws it.
class Drawing extends View {
  size() {
    const width = Math.max(240, this.plot.clientWidth || this.figure.clientWidth || 600);
    return {width, height: Math.round(clamp(width * 0.6, 300, 480))};
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
}

function shortened(text, width) {
  let shown = text;
  while (shown.length > 1 && textWidth(shown) > width) {
    shown = shown.slice(0, -2).trimEnd() + '…';
  }
  return shown;
}
