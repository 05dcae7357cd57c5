// Replaces one marked section of a Markdown file by standard input, or adds it at the end. The rest of the file, written
// by people or by another measurement, stays. Usage: replace-section.mjs FILE NAME < section

import { existsSync, readFileSync, writeFileSync } from 'node:fs';

const [file, name] = process.argv.slice(2);
const begin = `<!-- ${name}: written by make bench -->`;
const end = `<!-- ${name}: end -->`;
const section = `${begin}\n${readFileSync(0, 'utf8').trimEnd()}\n${end}`;
const old = existsSync(file) ? readFileSync(file, 'utf8') : '';
const from = old.indexOf(begin);
const to = old.indexOf(end);
const text =
  from >= 0 && to > from ? old.slice(0, from) + section + old.slice(to + end.length) : `${old.trimEnd()}\n\n${section}\n`;
writeFileSync(file, text);
