# Starts the build program: ./build.ps1 [--target NAME] [--name value]...
# The counterpart of build.sh, with the same folders, messages and exit codes, for PowerShell 7 and Windows PowerShell 5.1.

$ErrorActionPreference = 'Stop'
$script = Get-Item -LiteralPath $PSCommandPath
while ($script.LinkType -eq 'SymbolicLink') {
  $target = @($script.Target)[0]
  if (-not [IO.Path]::IsPathRooted($target)) { $target = Join-Path $script.DirectoryName $target }
  $script = Get-Item -LiteralPath $target
}
$root = $script.DirectoryName
$utf8 = New-Object Text.UTF8Encoding $false

function Say([string] $text) { [Console]::Error.WriteLine("build.ps1: $text") }

$callersFolder = (Get-Location).ProviderPath
$state = Join-Path $root '.pipeline'
if ($env:PIPELINE_HOME) {
  $state = [IO.Path]::GetFullPath([IO.Path]::Combine($callersFolder, $env:PIPELINE_HOME))
  $env:PIPELINE_HOME = $state
}
$builds = Join-Path $state 'build'
# Its own pointer: the two scripts record the contents of the sources in different words.
$pointer = Join-Path $builds 'current-ps'

function Get-WantedSdk { ([regex]'"version"\s*:\s*"([^"]+)"').Match([IO.File]::ReadAllText((Join-Path $root 'global.json'))).Groups[1].Value }

function Find-Dotnet {
  $found = Get-Command dotnet -CommandType Application -ErrorAction SilentlyContinue | Select-Object -First 1
  if ($found) { return $found.Path }
  $home_ = [Environment]::GetFolderPath('UserProfile')
  foreach ($folder in @($env:DOTNET_ROOT, (Join-Path $home_ '.dotnet'))) {
    foreach ($name in 'dotnet.exe', 'dotnet') {
      if ($folder -and (Test-Path -LiteralPath (Join-Path $folder $name) -PathType Leaf)) { return Join-Path $folder $name }
    }
  }
  Say ("the .NET SDK is missing: no program 'dotnet' on the PATH, in DOTNET_ROOT or in ~/.dotnet; " +
    "install the SDK $(Get-WantedSdk) from https://dotnet.microsoft.com/download and run again")
  exit 2
}

function Assert-Sdk([string] $dotnet) {
  $ErrorActionPreference = 'Continue'
  & $dotnet --version > $null 2> $null
  if ($LASTEXITCODE -eq 0) { return }
  Say "the .NET SDK is too old: global.json wants $(Get-WantedSdk) or a later one of the same major version, $dotnet has:"
  & $dotnet --list-sdks 2> $null | ForEach-Object { [Console]::Error.WriteLine("  $_") }
  Say "install the SDK $(Get-WantedSdk) from https://dotnet.microsoft.com/download and run again"
  exit 2
}

# What the build program is compiled from. Unlike build.sh this looks at length and last write time, for want of a change time.
function Get-SourceFiles {
  foreach ($pattern in 'Directory.*', 'global.json', '.editorconfig', '.globalconfig', 'nuget.config') {
    [IO.Directory]::GetFiles($root, $pattern)
  }
  $folders = New-Object Collections.Generic.Stack[string]
  $folders.Push((Join-Path $root 'build'))
  foreach ($project in [IO.Directory]::GetDirectories((Join-Path $root 'src'), 'Pipeline.*')) { $folders.Push($project) }
  while ($folders.Count -gt 0) {
    $folder = $folders.Pop()
    [IO.Directory]::GetFiles($folder)
    foreach ($child in [IO.Directory]::GetDirectories($folder)) {
      if ([IO.Path]::GetFileName($child) -notin 'bin', 'obj') { $folders.Push($child) }
    }
  }
}

function Get-Hash([byte[]] $bytes) {
  $algorithm = [Security.Cryptography.SHA256]::Create()
  try { return [BitConverter]::ToString($algorithm.ComputeHash($bytes)) } finally { $algorithm.Dispose() }
}

function Get-Times([string[]] $files) {
  $lines = foreach ($file in $files) { $info = New-Object IO.FileInfo $file; "$file|$($info.Length)|$($info.LastWriteTimeUtc.Ticks)" }
  return Get-Hash ($utf8.GetBytes($lines -join "`n"))
}

function Get-Contents([string[]] $files) {
  $lines = foreach ($file in $files) { "$file|$(Get-Hash ([IO.File]::ReadAllBytes($file)))" }
  return Get-Hash ($utf8.GetBytes($lines -join "`n"))
}

function Get-SortedSources { $files = [string[]]@(Get-SourceFiles); [Array]::Sort($files, [StringComparer]::Ordinal); return , $files }

function Set-Pointer([string] $build, [string] $times, [string] $contents) {
  [IO.File]::WriteAllText("$pointer.$PID", "$build`n$times`n$contents`n", $utf8)
  Move-Item -LiteralPath "$pointer.$PID" -Destination $pointer -Force
}

# The compiled build of exactly these sources, or nothing. A file that was only touched is told from a changed one by its contents.
function Get-FreshBuild {
  if (-not [IO.File]::Exists($pointer)) { return $null }
  $build, $times, $contents = [IO.File]::ReadAllLines($pointer)
  if (-not $build -or -not [IO.File]::Exists([IO.Path]::Combine($builds, $build, 'Build.dll'))) { return $null }
  $files = Get-SortedSources
  $timesNow = Get-Times $files
  if ($timesNow -eq $times) { return $build }
  if ((Get-Contents $files) -ne $contents) { return $null }
  Set-Pointer $build $timesNow $contents
  return $build
}

# Held open without sharing, so that the system lets go of it when its owner ends in any way.
function Open-Lock {
  $told = $false
  while ($true) {
    try { return [IO.File]::Open((Join-Path $builds 'lock-ps'), 'OpenOrCreate', 'ReadWrite', 'None') }
    catch [IO.IOException] {
      if (-not $told) { Say 'another build.ps1 compiles already; waiting for it'; $told = $true }
      Start-Sleep -Milliseconds 200
    }
  }
}

# The current build and the one before stay; an older one goes when no process that was started from it lives.
function Remove-OldBuilds([string[]] $keep) {
  $running = Join-Path $builds 'running'
  foreach ($file in [IO.Directory]::GetFiles($running)) {
    if (-not (Get-Process -Id ([IO.Path]::GetFileName($file)) -ErrorAction SilentlyContinue)) { [IO.File]::Delete($file) }
  }
  $used = @(foreach ($file in [IO.Directory]::GetFiles($running)) { [IO.File]::ReadAllText($file).Trim() })
  foreach ($folder in [IO.Directory]::GetDirectories($builds, 'ps-*')) {
    $name = [IO.Path]::GetFileName($folder)
    if ($name -notin $keep -and $name -notin $used) { Remove-Item -LiteralPath $folder -Recurse -Force -ErrorAction SilentlyContinue }
  }
}

function Invoke-Compile([string] $dotnet) {
  Assert-Sdk $dotnet
  [void][IO.Directory]::CreateDirectory((Join-Path $builds 'running'))
  $lock = Open-Lock
  try {
    # Whoever waited for the lock may find that the work is done.
    $build = Get-FreshBuild
    if ($build) { return $build }
    $previous = if ([IO.File]::Exists($pointer)) { [IO.File]::ReadAllLines($pointer)[0] } else { '' }
    $files = Get-SortedSources
    $times = Get-Times $files
    $contents = Get-Contents $files
    $next = "ps-$([DateTime]::Now.ToString('yyyyMMdd-HHmmss'))-$PID"
    if ($previous) { Say 'the sources of the build program changed: compiling it' }
    else { Say 'the first start here: compiling it takes about a minute, later starts do not' }
    $env:DOTNET_NOLOGO = '1'
    $ErrorActionPreference = 'Continue'
    & $dotnet publish build/Build.csproj --configuration Release --output (Join-Path $builds $next) --artifacts-path (Join-Path $builds 'work-ps') `
      --verbosity quiet -tl:off -clp:NoSummary -p:RunAnalyzers=false -p:GenerateDocumentationFile=false -p:PrecompileForStart=true |
      ForEach-Object { [Console]::Error.WriteLine($_) }
    if ($LASTEXITCODE -ne 0) {
      Remove-Item -LiteralPath (Join-Path $builds $next) -Recurse -Force -ErrorAction SilentlyContinue
      Say 'the build program does not compile; the errors are above'
      exit 1
    }
    Set-Pointer $next $times $contents
    Remove-OldBuilds @($next, $previous)
    return $next
  }
  finally { $lock.Dispose() }
}

Push-Location -LiteralPath $root
try {
  $dotnet = Find-Dotnet
  $build = Get-FreshBuild
  if (-not $build) { $build = Invoke-Compile $dotnet }
  $mark = [IO.Path]::Combine($builds, 'running', "$PID")
  [IO.File]::WriteAllText($mark, "$build`n", $utf8)
  try { & $dotnet ([IO.Path]::Combine($builds, $build, 'Build.dll')) @args; $code = $LASTEXITCODE }
  finally { [IO.File]::Delete($mark) }
}
finally { Pop-Location }
exit $code
