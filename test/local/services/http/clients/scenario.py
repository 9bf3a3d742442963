"""What a user of boto3 does, given the endpoint alone. Prints what it saw as JSON."""

import json
import os
import threading

import boto3
from botocore.config import Config

# the host prefix of StartSyncExecution names a host that local resolvers do not know
client = boto3.client("stepfunctions", config=Config(inject_host_prefix=False, read_timeout=70, retries={"max_attempts": 0}))
role = "arn:aws:iam::123456789012:role/orders"

activity = client.create_activity(name="boto3")["activityArn"]
work = {"StartAt": "Work", "States": {"Work": {"Type": "Task", "Resource": activity, "End": True}}}
machine = client.create_state_machine(name="boto3", definition=json.dumps(work), roleArn=role)["stateMachineArn"]


def worker():
    task = client.get_activity_task(activityArn=activity, workerName="anna")
    client.send_task_heartbeat(taskToken=task["taskToken"])
    client.send_task_success(taskToken=task["taskToken"], output=json.dumps({"worked": json.loads(task["input"])}))


thread = threading.Thread(target=worker)
thread.start()
execution = client.start_execution(stateMachineArn=machine, name="one", input='{"a":1}')
thread.join()
shown = client.describe_execution(executionArn=execution["executionArn"])
pages = client.get_paginator("get_execution_history").paginate(executionArn=execution["executionArn"], PaginationConfig={"PageSize": 2})
events = [event for page in pages for event in page["events"]]

try:
    client.start_execution(stateMachineArn=machine, name="one", input="{}")
    refusal = None
except client.exceptions.ExecutionAlreadyExists as error:
    refusal = error.response["Error"]["Message"]

passes = {"StartAt": "P", "States": {"P": {"Type": "Pass", "End": True}}}
express = client.create_state_machine(name="boto3-express", definition=json.dumps(passes), roleArn=role, type="EXPRESS")
sync = client.start_sync_execution(stateMachineArn=express["stateMachineArn"], input='"now"')

print(
    json.dumps(
        {
            "status": shown["status"],
            "output": shown["output"],
            "seconds": (shown["stopDate"] - execution["startDate"]).total_seconds(),
            "types": [event["type"] for event in events],
            "refusal": refusal,
            "sync": [sync["status"], sync["output"]],
        }
    )
)
