#include "clients/cli/app.h"

int main(int argc, char** argv) { return mailtrail::cli::Run(argc, argv); }
