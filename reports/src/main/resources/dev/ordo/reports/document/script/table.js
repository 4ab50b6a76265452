// Tables that sort and filter.

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
