// Takes webhook events at 127.0.0.1 and keeps the first: its body in event.json, its signature in signature.
import { createServer } from 'node:http';
import { existsSync, writeFileSync } from 'node:fs';

const folder = process.env.INTAKE_FOLDER;
const server = createServer((request, answer) => {
  const pieces = [];
  request.on('data', (piece) => pieces.push(piece));
  request.on('end', () => {
    if (!existsSync(`${folder}/event.json`)) {
      writeFileSync(`${folder}/signature`, request.headers['intake-signature'] ?? '');
      writeFileSync(`${folder}/event.json`, Buffer.concat(pieces));
    }
    answer.writeHead(204).end();
  });
});
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
