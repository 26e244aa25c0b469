import { writeSchemas } from './write-schemas.ts'

await writeSchemas()
