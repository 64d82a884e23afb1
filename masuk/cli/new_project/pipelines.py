"""The services that a new project can have a pipeline for."""

PIPELINES = {
    "github": ".github/workflows/masuk.yml",
    "gitlab": ".gitlab-ci.yml",
    "jenkins": "Jenkinsfile",
}
"""Where each service looks for its pipeline."""
