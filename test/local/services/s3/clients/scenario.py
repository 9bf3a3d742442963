"""What a user of boto3 does with S3, given the endpoint alone. Prints what it saw as JSON."""

import io
import json

import boto3
from botocore.exceptions import ClientError

s3 = boto3.client("s3")
s3.create_bucket(Bucket="orders", CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
s3.put_object(Bucket="orders", Key="a b/é", Body=b"one", Metadata={"by": "anna"}, ContentType="text/plain")
# sent in chunks with a checksum after them
s3.upload_fileobj(io.BytesIO(b"x" * 100_000), "orders", "stream")
shown = s3.get_object(Bucket="orders", Key="a b/é")
try:
    s3.get_object(Bucket="orders", Key="none")
except s3.exceptions.NoSuchKey as error:
    refusal = str(error)
try:
    s3.head_object(Bucket="orders", Key="none")
except ClientError as error:
    head = error.response["Error"]["Code"]

print(json.dumps({
    "body": shown["Body"].read().decode(),
    "metadata": shown["Metadata"],
    "type": shown["ContentType"],
    "listed": [[one["Key"], one["Size"]] for one in s3.list_objects_v2(Bucket="orders")["Contents"]],
    "refusal": refusal,
    "head": head,
}))
