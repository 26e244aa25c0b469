import { exploreCloud } from './exhaustive.ts'

/** As AWS CloudFormation. */
exploreCloud('tokens')
