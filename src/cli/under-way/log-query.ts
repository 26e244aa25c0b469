/**
 * For Log Service: one row an operation whose answer ROS has not, and that may still be delivered. `undelivered` counts the deliveries
 * that failed. FC writes a line of the bridge to the field
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
  'max("message.hop") AS hops,',
  'count("message.deliverUntil") AS undelivered',
  'GROUP BY "message.requestId"',
  `HAVING count_if("message.msg" = 'ROS has the answer' OR "message.deliverUntil" = 0) = 0`,
  'AND coalesce(max("message.deliverUntil"), to_unixtime(now()) * 2000) > to_unixtime(now()) * 1000',
  'ORDER BY since LIMIT 1000',
].join(' ')

/** The value in the newest line that has the field. */
function latest(field: string): string {
  const name = `"message.${field}"`
  return `max_by(${name}, CASE WHEN ${name} IS NOT NULL THEN __time__ END) AS ${field},`
}
