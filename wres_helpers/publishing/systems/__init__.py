"""Many reports: organisations side by side, on a cluster, or as national results without notebooks."""
