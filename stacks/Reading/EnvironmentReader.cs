using AppStack.Stacks.Environments.Descriptors;
using AppStack.Stacks.Environments.Reading;
using AppStack.Stacks.Environments.Validation;

namespace AppStack.Stacks.Environments;

/// <summary>Reads environment descriptors.</summary>
public static class EnvironmentReader
{
    /// <summary>Reads a descriptor from a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="shownAs">How messages name the file; the path itself when <see langword="null"/>.</param>
    /// <exception cref="DescriptorException">Something is wrong with it, or it cannot be read; holds all that is wrong.</exception>
    public static EnvironmentSpec ReadFile(string path, string? shownAs = null)
    {
        using var text = Open(path, shownAs ?? path);
        return Read(text, Path.GetFileNameWithoutExtension(path), shownAs ?? path);
    }

    /// <summary>Reads a descriptor.</summary>
    /// <param name="text">The YAML text.</param>
    /// <param name="fileName">The file's name without folder and extension; the environment must have the same.</param>
    /// <param name="shownAs">How messages name the file.</param>
    /// <exception cref="DescriptorException">Something is wrong with it; holds all that is.</exception>
    public static EnvironmentSpec Read(TextReader text, string fileName, string shownAs)
    {
        var source = new SourceMap();
        var problems = new ProblemList(shownAs, source);
        var environment = DescriptorDocument.Bind<EnvironmentDescriptor>(text, problems, source, "an environment; stacks/environments/local.yaml is one to start from");
        if (environment is not null)
        {
            new EnvironmentValidation(environment, fileName, problems).Run();
        }

        var found = problems.InFileOrder();
        return found.IsEmpty ? SpecBuilder.Build(environment!, shownAs) with { Source = source } : throw new DescriptorException(shownAs, found);
    }

    private static StreamReader Open(string path, string shownAs)
    {
        try
        {
            return File.OpenText(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            var wrong = exception is FileNotFoundException or DirectoryNotFoundException ? "there is no such descriptor" : exception.Message;
            var known = EnvironmentFiles.Siblings(path);
            var nearest = NearestName.Of(Path.GetFileNameWithoutExtension(path), known);
            var right = nearest is not null ? $"did you mean {nearest}?" : known.IsEmpty ? "" : $"there are: {string.Join(", ", known)}";
            throw new DescriptorException(shownAs, [new DescriptorProblem(shownAs, 1, 1, "", wrong, right)]);
        }
    }
}
