//! Documents as files: PDF, XLSX, CSV, JSON.
