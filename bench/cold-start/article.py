# The function of https://developer.aliyun.com/article/740198, which a user would run instead of Stackbridge.
# Changes: the endpoint and the event come from the environment; its log and six are left out.
import json
import logging
import os
import sys
import time
import urllib.request

import boto3


class AwsError(Exception):
    pass


class AwsStack(object):
    def __init__(self, client, logger, event):
        self._client = client
        self._logger = logger
        self._event = event

    def _get_stack_args(self):
        event = self._event
        client_token = '-'.join([event['StackId'], event['RequestId'], event['LogicalResourceId']])[:128]
        stack_info = event['ResourceProperties']['Stack']
        stack_name = event.get('PhysicalResourceId') or stack_info['Name']
        parameters = [dict(ParameterKey=k, ParameterValue=v) for k, v in stack_info['Parameters'].items()]
        return stack_name, stack_info['Template'], parameters, client_token

    def _wait(self, stack_id):
        while True:
            resp = self._client.describe_stacks(StackName=stack_id)
            stack = resp['Stacks'][0]
            status = stack['StackStatus']
            if status.endswith('_IN_PROGRESS'):
                time.sleep(3)
                continue
            if status.endswith('_COMPLETE'):
                return {item['OutputKey']: item['OutputValue'] for item in stack.get('Outputs', [])}
            raise AwsError('Stack operation failed, status: {}.'.format(status))

    def create(self):
        stack_name, template_body, parameters, client_token = self._get_stack_args()
        resp = self._client.create_stack(
            StackName=stack_name,
            TemplateBody=template_body,
            Parameters=parameters,
            ClientRequestToken=client_token,
        )
        stack_id = resp['StackId']
        return stack_id, self._wait(stack_id)

    def update(self):
        stack_name, template_body, parameters, client_token = self._get_stack_args()
        self._client.update_stack(
            StackName=stack_name,
            TemplateBody=template_body,
            Parameters=parameters,
            ClientRequestToken=client_token,
        )
        return self._wait(stack_name)

    def delete(self):
        stack_name, _, _, client_token = self._get_stack_args()
        self._client.delete_stack(StackName=stack_name, ClientRequestToken=client_token)
        self._wait(stack_name)

    @classmethod
    def from_event(cls, event, logger):
        res_props = event['ResourceProperties']
        session = boto3.Session(
            aws_access_key_id=res_props['AccessKeyId'],
            aws_secret_access_key=res_props['AccessKeySecret'],
            region_name=res_props['RegionId'],
        )
        client = session.client('cloudformation', endpoint_url=os.environ['BENCH_URL'])
        return cls(client, logger, event)


def handler(event, context):
    logger = logging.getLogger()
    event = json.loads(event)
    aws_stack = AwsStack.from_event(event, logger)
    result = dict(
        RequestId=event['RequestId'], LogicalResourceId=event['LogicalResourceId'], StackId=event['StackId']
    )
    try:
        aws_stack_id = aws_stack_outputs = None
        if event['RequestType'] == 'Create':
            aws_stack_id, aws_stack_outputs = aws_stack.create()
        elif event['RequestType'] == 'Update':
            aws_stack_outputs = aws_stack.update()
        else:
            aws_stack.delete()
        result['Status'] = 'SUCCESS'
        result['PhysicalResourceId'] = aws_stack_id or event.get('PhysicalResourceId')
        if aws_stack_outputs:
            result['Data'] = aws_stack_outputs
    except Exception as ex:
        result['Status'] = 'FAILED'
        result['Reason'] = str(ex)
    headers = {
        'Content-type': 'application/json',
        'Accept': 'application/json',
        'Date': time.strftime('%a, %d %b %Y %X GMT', time.gmtime()),
    }
    data = json.dumps(result).encode('utf-8')
    request = urllib.request.Request(event['ResponseURL'], data=data, headers=headers)
    with urllib.request.urlopen(request) as response:
        response.read()


if __name__ == '__main__':
    handler(os.environ['BENCH_EVENT'], None)
    sys.exit(0)
