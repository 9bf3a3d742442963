#!/usr/bin/env python3
"""Writes what the results of AWS API operations look like, from the service models of botocore (Apache-2.0).

    pip install botocore==1.41.5 && python3 generate.py

1.41.5 is of November 2025, when AWS's own answers were recorded: limits have moved since.
"""
import json
from pathlib import Path

from botocore.loaders import Loader

# as the SDK integrations of Step Functions name the services: as botocore names them
SERVICES = {
    'dynamodb': 'dynamodb',
    'eventbridge': 'events',
    'kms': 'kms',
    'lambda': 'lambda',
    's3': 's3',
    'secretsmanager': 'secretsmanager',
    'sfn': 'stepfunctions',
    'sns': 'sns',
    'sqs': 'sqs',
}
SCALARS = {
    'string': 'string',
    'character': 'string',
    'timestamp': 'string',
    'blob': 'string',
    'boolean': 'boolean',
    'integer': 'number',
    'long': 'number',
    'float': 'number',
    'double': 'number',
    'bigdecimal': 'number',
}


def result_model(model):
    shapes = {}

    def name_of(name):
        """What stands for a shape: one of SCALARS where nothing limits it, else its name."""
        shape = model['shapes'][name]
        if shape.get('document'):
            return 'any'
        scalar = SCALARS.get(shape['type'])
        if scalar is not None and not any(key in shape for key in ('min', 'max', 'enum')):
            return scalar
        if name not in shapes:
            shapes[name] = {}
            shapes[name].update(described(shape, scalar))
        return name

    def described(shape, scalar):
        if shape['type'] == 'structure':
            members = {capital(key): name_of(member['shape']) for key, member in shape['members'].items()}
            required = [capital(key) for key in shape.get('required', [])]
            return {'members': members, **({'required': required} if required else {})}
        if shape['type'] == 'list':
            return {'items': name_of(shape['member']['shape'])}
        if shape['type'] == 'map':
            return {'values': name_of(shape['value']['shape'])}
        return {'type': scalar, **{key: shape[key] for key in ('min', 'max', 'enum') if key in shape}}

    operations = {
        name[0].lower() + name[1:]: name_of(operation['output']['shape'])
        for name, operation in model['operations'].items()
        if 'output' in operation
    }
    return {'operations': operations, 'shapes': shapes}


def capital(name):
    return name[0].upper() + name[1:]


if __name__ == '__main__':
    loader = Loader()
    lines = ['/** Written by generate.py from the service models of botocore 1.41.5 (Apache-2.0), one JSON text a service. */']
    lines.append('export const API_MODELS: Readonly<Record<string, string>> = {')
    for name, service in SERVICES.items():
        model = result_model(loader.load_service_model(service, 'service-2'))
        text = json.dumps(model, separators=(',', ':'), sort_keys=True)
        assert "'" not in text and '\\' not in text
        lines.append(f"  {name}:\n    '{text}',")
    Path(__file__).with_name('api-models.ts').write_text('\n'.join([*lines, '};', '']))
