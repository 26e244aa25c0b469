import { isJsonObject, SourceNumber, type JsonObject, type JsonValue } from '../../platform/json.ts'
import { TIMEOUT_SECONDS } from '../../ros/custom-resource.ts'
import { error, warning, type Finding } from './finding.ts'
import { asRosFunction, isNoValue } from './ros-functions.ts'

/** Checks a resource's `Timeout`, and its copy in `Parameters`. Paths are within the resource's properties. */
export function timeoutFindings(given: JsonValue | undefined, parameters: JsonValue | undefined): Finding[] {
  const { min, max, byDefault } = TIMEOUT_SECONDS
  const timeout = given instanceof SourceNumber ? Number(given) : given
  const rule = `must be a whole number of seconds from ${String(min)} to ${String(max)}`
  if (timeout === undefined || isNoValue(timeout))
    return [error('Timeout', `is missing; it ${rule}. Without it ROS may wait only ${String(byDefault)} s`)]
  if (asRosFunction(timeout) !== undefined) return []
  if (typeof timeout !== 'number' || !Number.isInteger(timeout) || timeout < min || timeout > max)
    return [error('Timeout', typeof timeout === 'number' ? rule : `${rule}, but is not a number`)]
  if (parameters === undefined || !isJsonObject(parameters) || asRosFunction(parameters) !== undefined)
    return []
  return [
    ...repeatedTimeoutFindings(timeout, parameters['Timeout']),
    ...temporaryKeyFindings(timeout, parameters),
  ]
}

/** Seconds that temporary keys last by default; a role's session that another role has assumed lasts no longer at all. */
const USUAL_KEY_SECONDS = 3600

/** Keys that are given with their token cannot be renewed in the middle of an operation. */
function temporaryKeyFindings(timeout: number, parameters: JsonObject): Finding[] {
  const auth = parameters['Auth']
  const places = [
    { path: 'Parameters.SecurityToken', value: parameters['SecurityToken'] },
    { path: 'Parameters.Auth.SecurityToken', value: isJsonObject(auth) ? auth['SecurityToken'] : undefined },
  ]
  return timeout <= USUAL_KEY_SECONDS
    ? []
    : places.flatMap(({ path, value }) =>
        value === undefined || isNoValue(value)
          ? []
          : [
              warning(
                path,
                `makes the keys temporary, and they may end before the Timeout (${String(timeout)} s): the bridge cannot renew ` +
                  'them, as it renews those of an assumed role',
              ),
            ],
      )
}

/** ROS does not send its Timeout: the bridge uses the copy in `Parameters`, or else a setting. */
function repeatedTimeoutFindings(timeout: number, repeated: JsonValue | undefined): Finding[] {
  const path = 'Parameters.Timeout'
  if (repeated === undefined)
    return [
      warning(
        path,
        `is missing; it should repeat the resource's Timeout (${String(timeout)}), which ROS does not send to the function. ` +
          "Without it the function's setting STACKBRIDGE_TIMEOUT_SECONDS applies",
      ),
    ]
  return asRosFunction(repeated) === undefined && Number(repeated) > timeout
    ? [
        error(
          path,
          `must be at most the resource's own Timeout (${String(timeout)}), after which ROS stops waiting`,
        ),
      ]
    : []
}
