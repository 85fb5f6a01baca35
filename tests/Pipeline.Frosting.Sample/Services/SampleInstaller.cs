using Cake.Core.IO;
using Cake.Core.Packaging;

namespace Pipeline.Frosting.Sample.Services;

public sealed class SampleInstaller(IFileSystem files) : IPackageInstaller
{
    public bool CanInstall(PackageReference package, PackageType type) => package.Scheme == "sample";

    public IReadOnlyCollection<IFile> Install(PackageReference package, PackageType type, DirectoryPath path)
    {
        SampleContext.Say($"installing {package.Package} into {path.GetDirectoryName()}");
        return package.Package == "missing" ? [] : [files.GetFile(path.CombineWithFilePath(package.Package))];
    }
}
