// One server and one browser for the tests of a file.
import { after, before } from "node:test";
import { launch, serve } from "./kit.mjs";

/** Starts both before the file's tests, hands them to `use(kit, browser)`, and stops them after. */
export function fixture(use) {
  let kit, browser;
  before(async () => {
    kit = await serve();
    browser = await launch();
    use(kit, browser);
  });
  after(async () => {
    await browser?.close();
    await kit?.stop();
  });
}
