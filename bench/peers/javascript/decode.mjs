// decode.mjs FOLDER SECONDS: JSON.parse on the pages of FOLDER; prints as decode.py does.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'

const [folder, seconds] = process.argv.slice(2)
const cpu = () => { const { user, system } = process.cpuUsage(); return (user + system) * 1000 }
for (const name of readdirSync(folder).sort()) {
  const body = readFileSync(`${folder}/${name}`)
  const decode = () => JSON.parse(body.toString()).events
  const events = decode()
  const digest = createHash('sha256')
  for (const event of events) digest.update(`${event.timestamp} ${event.message}\n`)
  let ns = Infinity
  const end = Date.now() + 1000 * seconds
  do {
    // cpuUsage counts the collector's threads too, as whoever runs this pays for them.
    const passes = 4
    const begin = cpu()
    for (let i = 0; i < passes; ++i) decode()
    ns = Math.min(ns, (cpu() - begin) / passes)
  } while (Date.now() < end)
  console.log(JSON.stringify({ decoder: 'JSON.parse', corpus: name.replace(/\.json$/, ''), ns, bytes: body.length,
    events: events.length, check: digest.digest('hex') }))
}
