import * as v from 'valibot'
import { text } from '../properties/property-schema.ts'
import { jsonValue, textOfAtMost } from '../properties/value-schemas.ts'
import { RFS_NAME } from './rfs-name.ts'
import { VARIABLE_NAME } from './tfvars.ts'

/**
 * The properties that RFS's resource types share: RFS's own request fields in Pascal case.
 * https://support.huaweicloud.com/intl/en-us/api-aos/CreateStack.html
 */

/** Characters. */
export const LONGEST_BODY = 51_200
const LONGEST_URI = 2048

export const rfsName = v.pipe(
  text,
  v.regex(
    RFS_NAME,
    'must begin with a letter and hold only letters, digits, _ and -, 128 at most; Chinese characters count as letters',
  ),
)

export const uri = textOfAtMost(LONGEST_URI)

export const templateBody = longBody('TemplateUri')
export const varsBody = longBody('VarsUri')

function longBody(instead: string) {
  return textOfAtMost(LONGEST_BODY, `; give what is longer as ${instead}`)
}

export const variableName = v.pipe(
  text,
  v.regex(
    VARIABLE_NAME,
    'must be the name of a variable: letters, digits, _ and -, not beginning with a digit',
  ),
)

/** They keep their types and become `vars_body`. */
export const variables = v.record(variableName, jsonValue, 'must be a map of variable to value')

/** Why `VarsBody` is not given together with `Parameters`. */
export const SAME_VARIABLES = ', which is the same in another form'
