'use strict';

// Reads what settings.schema.json asks for, from the environment or from the file that KEY_FILE names (that is how engines hand over secrets), and says every
// fault at once.
const fs = require('node:fs');
const path = require('node:path');

const checks = {
  'postgres-url': (text) => /^postgres(ql)?:\/\/.+/.test(text) || 'is no postgres://user:password@host:port/database',
  port: (text) => (/^\d+$/.test(text) && Number(text) >= 1 && Number(text) <= 65535) || 'is no port from 1 to 65535',
  string: () => true,
};

function valueOf(key, environment, faults) {
  const file = environment[`${key.name}_FILE`];
  if (environment[key.name] !== undefined && file !== undefined) {
    faults.push(`${key.name} and ${key.name}_FILE are both set; set one`);
    return undefined;
  }
  if (file === undefined) return environment[key.name] ?? key.default;
  try {
    return fs.readFileSync(file, 'utf8').replace(/\r?\n$/, '');
  } catch (refused) {
    faults.push(`${key.name}_FILE names ${file}, which cannot be read: ${refused.code}`);
    return undefined;
  }
}

function read(environment = process.env) {
  const schema = JSON.parse(fs.readFileSync(path.join(__dirname, 'settings.schema.json'), 'utf8'));
  const faults = [];
  const settings = {};
  for (const key of schema.keys) {
    const before = faults.length;
    const value = valueOf(key, environment, faults);
    if (value === undefined || value === '') {
      if (key.required && faults.length === before) faults.push(`${key.name} is missing; ${key.description}`);
      continue;
    }
    const verdict = checks[key.type](value);
    if (verdict !== true) faults.push(`${key.name} ${verdict}`);
    settings[key.name] = value;
  }
  if (settings.PORT === undefined && faults.length === 0) faults.push('PORT is missing; the engine gives it, or write PORT=8080');
  if (faults.length > 0) throw new Error(`settings:\n  ${faults.join('\n  ')}`);
  return settings;
}

module.exports = { read };
