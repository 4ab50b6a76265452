// Files made of what is inside the page.

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
  latex: ['application/x-tex', report => report.claims],
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
