// What people do on the pages, in one place: if a page changes, this changes.

export const password = 'randpas-demo';
export const demo = (who) => `${who}@demo.randpas.example`;

export async function logIn(page, who) {
  await page.goto('/aanmelden');
  await page.fill('input[type=email]', demo(who));
  await page.fill('input[type=password]', password);
  await Promise.all([page.waitForURL((url) => url.pathname !== '/aanmelden'), page.click('form:has([type=password]) button')]);
}

/** The fields of a form that a person has to look at: a group of radio buttons is one. */
export function visibleFields(form) {
  return form.evaluate((element) => {
    const names = new Set();
    for (const field of element.elements) {
      const seen = field.checkVisibility?.() ?? field.offsetParent !== null;
      if (seen && field.name && field.type !== 'submit' && field.type !== 'button') names.add(field.name);
    }
    return [...names];
  });
}

export const newPass = (page) => page.locator('form:has([name=voornaam])');

/** Fills the new-pass form of /balie and sends it; the browser is then on the card. */
export async function issuePass(page, { firstName = 'Yusuf', birthYear = '1991' } = {}) {
  await page.goto('/balie');
  const form = newPass(page);
  const fields = await visibleFields(form);
  await form.locator('[name=voornaam]').fill(firstName);
  await form.locator('[name=geboortejaar]').fill(birthYear);
  await choose(form, 'gemeente', '23102');
  await choose(form, 'reden', 'nt2_learner');
  await choose(form, 'vorig_jaar', 'no');
  await Promise.all([page.waitForURL(/\/balie\/pas\//), form.locator('button').last().click()]);
  return { fields, ...(await readCard(page)) };
}

/** Number, claim link and QR element of the card page. */
export async function readCard(page) {
  const number = /[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{3}/.exec(await page.locator('main').innerText())?.[0];
  const claim = await page.evaluate(() => {
    const link = document.querySelector('a[href*="/pas/claim/"]')?.href;
    return link ?? /https?:\/\/\S+\/pas\/claim\/\S+/.exec(document.body.innerText)?.[0];
  });
  return { number, claim };
}

/** A choice by value, whether it is a list or a group of radio buttons; a choice that is not offered is left. */
export async function choose(form, name, value) {
  const list = form.locator(`select[name=${name}]`);
  if (await list.count()) await list.selectOption(value);
  else if (await form.locator(`input[name=${name}][value="${value}"]`).count())
    await form.locator(`input[name=${name}][value="${value}"]`).check({ force: true });
}

/** The pass's QR code on this page. */
export const passQr = (page) => page.locator('.pass__qr svg.qr').first();
