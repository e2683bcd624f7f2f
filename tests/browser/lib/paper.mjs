// What comes out of the printer: a page as PDF, its sheets as pictures and as text (poppler), kept where SHOTS says.
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The sheets of a printed page: [{ picture, text }], `picture` the bytes of a grey PNG as a black and white printer
 *  would have it. */
export async function printed(page, name, dpi = 150) {
  const folder = mkdtempSync(join(tmpdir(), "starlight-paper-"));
  try {
    const file = join(folder, "paper.pdf");
    writeFileSync(file, await page.pdf({ preferCSSPageSize: true }));
    execFileSync("pdftoppm", ["-r", String(dpi), "-gray", "-png", file, join(folder, "sheet")]);
    const text = execFileSync("pdftotext", ["-layout", file, "-"], { encoding: "utf8" }).split("\f").slice(0, -1);
    const pictures = readdirSync(folder).filter((one) => one.endsWith(".png")).sort();
    if (process.env.SHOTS) {
      mkdirSync(process.env.SHOTS, { recursive: true });
      for (const one of pictures) cpSync(join(folder, one), join(process.env.SHOTS, `${name}-${one}`));
    }
    return pictures.map((one, n) => ({ picture: readFileSync(join(folder, one)), text: text[n] }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
