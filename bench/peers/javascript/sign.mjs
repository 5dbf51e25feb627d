// sign.mjs REQUEST SECONDS: aws4 signs it, keeping the derived key as it does; prints as sign.py.
import { readFileSync } from 'node:fs'
import aws4 from 'aws4'

const [file, seconds] = process.argv.slice(2)
const request = JSON.parse(readFileSync(file))
const { host, ...headers } = request.headers
const credentials = { accessKeyId: request.access_key_id, secretAccessKey: request.secret_access_key,
  sessionToken: request.session_token }
const sign = () => aws4.sign({ host, method: 'POST', path: '/', service: request.service, region: request.region,
  headers: { ...headers, 'X-Amz-Date': request.date }, body: request.body }, credentials)
const answer = Object.fromEntries(Object.entries(sign().headers).map(([name, value]) => [name.toLowerCase(), String(value)]))
let ns = Infinity
const end = Date.now() + 1000 * seconds
do {
  const begin = process.cpuUsage()
  for (let i = 0; i < 1000; ++i) sign()
  const { user, system } = process.cpuUsage(begin)
  ns = Math.min(ns, user + system)
} while (Date.now() < end)
console.log(JSON.stringify({ signer: 'aws4', ns, headers: answer }))
