// The link that keeps the view.

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
