using AppStack.Components.Services;
using AppStack.Stacks.Environments.Reading;
using AppStack.Stacks.Services.Descriptors;

namespace AppStack.Stacks.Services;

/// <summary>Reads the descriptors of services.</summary>
public static class ServiceReader
{
    /// <summary>Reads a descriptor from a file.</summary>
    /// <param name="file">The file.</param>
    /// <exception cref="DescriptorException">Something is wrong with it, or it cannot be read; holds all that is wrong.</exception>
    public static ServiceDefinition ReadFile(ServiceFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return Read(Text(file), file.Name, file.ShownAs);
    }

    /// <summary>Reads a descriptor.</summary>
    /// <param name="text">The YAML text.</param>
    /// <param name="folder">The name of the folder that it is in; the service must have the same.</param>
    /// <param name="shownAs">How messages name the file.</param>
    /// <exception cref="DescriptorException">Something is wrong with it; holds all that is.</exception>
    public static ServiceDefinition Read(string text, string folder, string shownAs)
    {
        var source = new SourceMap();
        var problems = new ProblemList(shownAs, source);
        ServiceDefinition? definition = null;
        if (DescriptorDocument.Bind<ServiceDescriptor>(new StringReader(text), problems, source, "a service; stacks/services/dilosi/service.yaml is one to start from") is { } service)
        {
            var unread = problems.Paths;
            definition = ServiceBuilder.Build(service, folder) with { File = shownAs, Text = text, Source = source };
            Check(service, folder, problems);
            // What could not be read has been reported, and something stands in its place that was not written.
            foreach (var problem in ServiceValidator.Validate(definition.Spec).Where(problem => !unread.Any(path => problem.Path.StartsWith(path, StringComparison.Ordinal))))
            {
                problems.Add(problem.Path, problem.Message);
            }
        }

        var found = problems.InFileOrder();
        return found.IsEmpty ? definition! : throw new DescriptorException(shownAs, found);
    }

    private static void Check(ServiceDescriptor service, string folder, ProblemList problems)
    {
        if (service.Name is { } name && name != folder)
        {
            problems.Add("name", $"the service '{name}' is in a folder named '{folder}'", $"name: {folder}, or another folder");
        }

        if (service.Image is { } image && (image.Reference is null) == (image.Project is null) && !problems.Paths.Any(path => path.StartsWith("image.", StringComparison.Ordinal)))
        {
            problems.Add("image", image.Project is null ? "nothing says where the image comes from" : "both a reference and a project are given", "one of: reference, project");
        }

        foreach (var (index, route) in service.Routes.Index())
        {
            if (route?.Tls is not { } tls)
            {
                continue;
            }

            var path = $"routes[{index}].tls";
            if (route.Plain == true)
            {
                problems.Add($"routes[{index}].plain", "the route is served without TLS, and has a certificate", "one of: plain, tls");
            }

            if (tls.Secret is null ? tls.Certificate is null || tls.Key is null : tls.Certificate is not null || tls.Key is not null)
            {
                problems.Add(path, "nothing says which certificate, or several things do", "certificate with key, or secret; without tls the platform's authority issues one");
            }
        }
    }

    private static string Text(ServiceFile file)
    {
        try
        {
            return File.ReadAllText(file.Path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            var wrong = exception is FileNotFoundException or DirectoryNotFoundException ? $"there is no service '{file.Name}'" : exception.Message;
            var known = ServiceFiles.In(Path.GetDirectoryName(Path.GetDirectoryName(file.Path))!);
            var right = NearestName.Of(file.Name, known) is { } nearest ? $"did you mean {nearest}?"
                : known.IsEmpty ? $"appstack new service {file.Name} writes one"
                : $"there are: {string.Join(", ", known)}; appstack new service {file.Name} writes another one";
            throw new DescriptorException(file.ShownAs, [new DescriptorProblem(file.ShownAs, 1, 1, "", wrong, right)]);
        }
    }
}
