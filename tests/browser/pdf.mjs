// What a printed page is: its size in millimetres and its words, read by pdf.js, which shares nothing with the kit.
import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";

/** The pages of a PDF: width and height in mm, and the text in the order it was drawn, lines apart. */
export async function pages(bytes) {
  const document = await getDocument({ data: new Uint8Array(bytes), verbosity: 0 }).promise;
  const found = [];
  for (let number = 1; number <= document.numPages; number++) {
    const page = await document.getPage(number);
    const [, , width, height] = page.view;
    const { items } = await page.getTextContent();
    const text = items.map((item) => item.str + (item.hasEOL ? "\n" : "")).join("");
    found.push({ width: millimetres(width), height: millimetres(height), text: text.normalize("NFC"), items });
  }
  return found;
}

const millimetres = (points) => Math.round((points / 72) * 25.4);

/** One line of it all, for texts that may break anywhere. */
export const flat = (text) => text.replace(/\s+/g, " ");
