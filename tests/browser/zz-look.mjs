import { startDemo } from "./lib/app.mjs";
import { SIZES, openDevice, look } from "./lib/browser.mjs";
import { signIn } from "./lib/people.mjs";
const demo = await startDemo();
try {
  const t = demo.sheet.teachers.find((x) => x.role === "homeroom" && x.classes.includes("304"));
  for (const size of ["desk", "phone"]) {
    const { page, close } = await openDevice(demo.sheet.address, SIZES[size]);
    await signIn(page, demo.sheet.address, t);
    await page.goto(demo.sheet.address + "/t");
    await look(page, "t-today-" + size);
    await page.locator(".sf-class h2 a").first().click();
    await look(page, "t-class-" + size);
    const id = page.url().split("/").pop();
    await page.goto(demo.sheet.address + "/t/classes/" + id + "/portrait");
    await look(page, "t-portrait-" + size);
    await page.goto(demo.sheet.address + "/t/classes/" + id + "/reminders");
    await look(page, "t-reminders-" + size);
    await close();
  }
} finally { await demo.stop(); demo.remove(); }
