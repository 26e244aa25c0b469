/**
 * For Log Service: one row an operation whose answer is not in the log yet. FC writes a line of the bridge to the field
 * `message`; examples/deploy indexes it as JSON, and its dashboard has the same query. Field names are those of
 * docs/logging.md. https://www.alibabacloud.com/help/en/sls/user-guide/query-and-analyze-json-logs
 */
export const UNDER_WAY_QUERY = [
  'message.requestId: * | SELECT "message.requestId" AS requestId,',
  latest('rosStackName'),
  latest('logicalResourceId'),
  latest('resourceType'),
  latest('requestType'),
  latest('foreignStackId'),
  latest('status'),
  'from_unixtime(min(__time__)) AS since,',
  'from_unixtime(max(__time__ + "message.delaySeconds")) AS nextPoll,',
  'max("message.hop") AS hops',
  'GROUP BY "message.requestId"',
  `HAVING count_if("message.msg" IN (${['ROS has the answer', 'the answer could not be delivered'].map((text) => `'${text}'`).join(', ')})) = 0`,
  'ORDER BY since LIMIT 1000',
].join(' ')

/** The value in the newest line that has the field. */
function latest(field: string): string {
  const name = `"message.${field}"`
  return `max_by(${name}, CASE WHEN ${name} IS NOT NULL THEN __time__ END) AS ${field},`
}
