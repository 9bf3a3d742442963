"""Loads endpoints by boto3: a job is a line on stdin, and its executions per second a line on stdout."""

import json
import sys
import threading
import time
import uuid

import boto3
from botocore.config import Config


def run_execution(client, machine, text):
    name = str(uuid.uuid4())
    execution = client.start_execution(stateMachineArn=machine, name=name, input=text)["executionArn"]
    while True:
        status = client.describe_execution(executionArn=execution)["status"]
        if status == "SUCCEEDED":
            return
        if status != "RUNNING":
            raise RuntimeError(f"{execution} ended as {status}")


def per_second(client, job):
    counts = [0] * job["concurrency"]
    failures = []
    start = time.perf_counter()
    deadline = start + job["milliseconds"] / 1000

    def caller(number):
        try:
            while time.perf_counter() < deadline:
                run_execution(client, job["machine"], job["input"])
                counts[number] += 1
        except Exception as failure:
            failures.append(failure)

    callers = [threading.Thread(target=caller, args=(number,)) for number in range(len(counts))]
    for thread in callers:
        thread.start()
    for thread in callers:
        thread.join()
    if failures:
        raise failures[0]
    return sum(counts) / (time.perf_counter() - start)


clients = {}
for line in sys.stdin:
    job = json.loads(line)
    url = job["url"]
    if url not in clients:
        clients[url] = boto3.client(
            "stepfunctions",
            endpoint_url=url,
            region_name="us-east-1",
            aws_access_key_id="bench",
            aws_secret_access_key="bench",
            config=Config(max_pool_connections=16, retries={"total_max_attempts": 1}),
        )
    try:
        answer = {"perSecond": per_second(clients[url], job)}
    except Exception as failure:
        answer = {"failure": str(failure)}
    print(json.dumps(answer), flush=True)
