import { exploreCloud } from './exhaustive.ts'

/** AWS CloudFormation is such a cloud. */
exploreCloud('tokens')
