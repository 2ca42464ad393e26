// The device's store, seen from outside the kit.

/** What is stored on the device, read from IndexedDB itself. */
export function stored(page) {
  return page.evaluate(() => new Promise((resolve, reject) => {
    const request = indexedDB.open("sipas-kit");
    request.onerror = () => reject(request.error);
    request.onsuccess = () => {
      const db = request.result;
      const all = db.transaction("responses").objectStore("responses").getAll();
      all.onsuccess = () => { db.close(); resolve(all.result); };
    };
  }));
}
