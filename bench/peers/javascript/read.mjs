// The JavaScript SDK v3: who | chain GROUP | get GROUP HOW | filter GROUP HOW, HOW being
// null, text or ndjson. Credentials by its default chain, and by the profile for `chain`.
const [what, group, how = 'text'] = process.argv.slice(2)

async function * pages (logs, client) {
  if (what === 'filter') {
    yield * logs.paginateFilterLogEvents({ client }, { logGroupName: group })
    return
  }
  let nextToken
  for (;;) {
    const page = await client.send(new logs.GetLogEventsCommand(
      { logGroupName: group, logStreamName: 'S', startFromHead: true, nextToken }))
    yield page
    if (what === 'chain' || page.nextForwardToken === nextToken) return
    nextToken = page.nextForwardToken
  }
}

if (what === 'who') {
  const { STSClient, GetCallerIdentityCommand } = await import('@aws-sdk/client-sts')
  console.log((await new STSClient({}).send(new GetCallerIdentityCommand({}))).Arn)
} else {
  const logs = await import('@aws-sdk/client-cloudwatch-logs')
  let count = 0
  for await (const page of pages(logs, new logs.CloudWatchLogsClient({}))) {
    if (how === 'null') {
      count += page.events.length
    } else {
      let text = ''
      for (const { timestamp, message } of page.events) {
        text += how === 'text' ? `${timestamp} ${message}\n` : JSON.stringify({ timestamp, message }) + '\n'
      }
      process.stdout.write(text)
    }
  }
  if (how === 'null') console.log(count)
}
