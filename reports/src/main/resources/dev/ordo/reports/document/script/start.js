// What happens when the page is there.

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
