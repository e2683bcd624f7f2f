// Reads a QR code from a screenshot with a decoder that is not ours. Used where something printed is scanned.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { prepareZXingModule, readBarcodes } from "zxing-wasm/reader";

// From the package, not from the network.
const wasmBinary = readFileSync(createRequire(import.meta.url).resolve("zxing-wasm/reader/zxing_reader.wasm"));
prepareZXingModule({ overrides: { wasmBinary } });

/** The texts of all codes in `picture`, the bytes of a PNG, in no order. */
export async function readQrs(picture) {
  const found = await readBarcodes(new Uint8Array(picture), { formats: ["QRCode"], tryHarder: true, maxNumberOfSymbols: 40 });
  return found.map((one) => one.text);
}

/** The text of the one code in `picture`. */
export async function readQr(picture) {
  const found = await readQrs(picture);
  if (found.length !== 1) throw new Error(`${found.length} codes in the picture`);
  return found[0];
}
