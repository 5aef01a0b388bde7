#!/bin/sh
set -eu
/opt/sensor/register --token "$AGENT_TOKEN"
systemctl enable --now sensor
