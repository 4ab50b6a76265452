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
