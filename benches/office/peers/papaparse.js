// PapaParse in a worker of its own, slice by slice, counting as it goes: for each unit and item the answers at 4
// and 5, and the valid ones.
importScripts("papaparse.min.js");

onmessage = ({ data: file }) => {
  let at;
  const counts = new Map();
  Papa.parse(file, {
    skipEmptyLines: true,
    chunkSize: 4 << 20,
    chunk({ data }) {
      let from = 0;
      if (!at) {
        const header = data[0];
        at = { unit: header.indexOf("unit"), items: header.flatMap((name, place) => (/^i\d+$/.test(name) ? [place] : [])) };
        from = 1;
      }
      const { unit, items } = at;
      for (let row = from; row < data.length; row++) {
        const cells = data[row];
        let of = counts.get(cells[unit]);
        if (!of) counts.set(cells[unit], (of = new Uint32Array(items.length * 2)));
        for (let item = 0; item < items.length; item++) {
          const cell = cells[items[item]];
          if (cell >= "1" && cell <= "5") {
            of[item * 2 + 1]++;
            if (cell >= "4") of[item * 2]++;
          }
        }
      }
    },
    complete: () => postMessage([...counts].map(([unit, of]) => [unit, [...of]]).sort()),
  });
};
