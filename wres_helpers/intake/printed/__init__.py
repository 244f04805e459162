"""The register of printed figures and claims, for reports that are checked."""
