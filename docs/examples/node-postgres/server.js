'use strict';

// A notebook over HTTP. What the pipeline asks of an application: it listens on PORT, answers /health, /ready and /version, and ends cleanly on SIGTERM.
const http = require('node:http');
const { Pool } = require('pg');
const { read } = require('./settings.js');

const largestNote = 10_000;

function start(settings) {
  const pool = new Pool({ connectionString: settings.DATABASE_URL, max: 10, connectionTimeoutMillis: 3000, application_name: 'notes' });
  pool.on('error', (lost) => console.error(`a connection to the database was lost: ${lost.message}`));

  const routes = {
    'GET /health': async () => [200, { status: 'alive' }],
    'GET /ready': async () => {
      await pool.query('select 1 from notes limit 1');
      return [200, { status: 'ready' }];
    },
    'GET /version': async () => [200, { version: process.env.PIPELINE_VERSION ?? '', commit: process.env.PIPELINE_COMMIT ?? '' }],
    'GET /notes': async () => [200, (await pool.query('select id, text, written_at from notes order by id desc limit 100')).rows],
    'POST /notes': async (request) => {
      const text = (await bodyOf(request)).trim();
      if (text.length === 0) return [400, { error: 'the note is empty; send its text as the body' }];
      const { rows } = await pool.query('insert into notes (text) values ($1) returning id, text, written_at', [text]);
      return [201, rows[0]];
    },
  };

  const server = http.createServer(async (request, response) => {
    const { pathname } = new URL(request.url, 'http://notes');
    const route = routes[`${request.method} ${pathname}`];
    try {
      const [status, body] = route ? await route(request) : [404, { error: `there is no ${request.method} ${pathname}` }];
      answer(response, status, body);
    } catch (failure) {
      const status = failure.status ?? 503;
      if (status === 503) console.error(`${request.method} ${pathname}: ${failure.message}`);
      answer(response, status, { error: status === 503 ? 'the database does not answer as it should; see the log' : failure.message });
    }
  });

  for (const signal of ['SIGTERM', 'SIGINT']) {
    process.once(signal, () => {
      console.log(`${signal}: finishing what has begun`);
      server.close(() => pool.end().then(() => console.log('ended')));
      server.closeIdleConnections();
    });
  }
  server.listen(Number(settings.PORT), settings.NOTES_LISTEN_HOST, () => console.log(`listening on ${settings.NOTES_LISTEN_HOST}:${server.address().port}`));
}

function answer(response, status, body) {
  response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8', 'Cache-Control': 'no-store' });
  response.end(JSON.stringify(body));
}

async function bodyOf(request) {
  const pieces = [];
  let size = 0;
  for await (const piece of request) {
    size += piece.length;
    if (size > largestNote) throw Object.assign(new Error(`the note is longer than ${largestNote} bytes`), { status: 413 });
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}

try {
  start(read());
} catch (fault) {
  console.error(fault.message);
  process.exitCode = 2;
}
